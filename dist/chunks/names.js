// src/terraform/names.ts
const shippedModules = ["ecs", "ec2"];
const workspaceName = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/;
export { workspaceName as n, shippedModules as t };
