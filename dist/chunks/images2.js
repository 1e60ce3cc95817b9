import { ServiceError } from "./entry.js";
// src/commands/images.ts
async function chooseImages(job, terraform, pullRequest, use) {
	if (job.inputs.reviewedImages.length === 0) return true;
	const { resolveImages } = await import("./resolve-images.js");
	return await job.check("approval", async () => ({ failure: await resolveImages(job, terraform, pullRequest, use) }));
}
async function chooseCurrentImages(job, terraform) {
	if (job.inputs.reviewedImages.length === 0) return;
	const { resolveImages } = await import("./resolve-images.js");
	const failure = await resolveImages(job, terraform, void 0, "current");
	if (failure !== void 0) throw new ServiceError(failure.sentence);
}
function passImagesUnresolved(job, terraform) {
	const { reviewedImages } = job.inputs;
	terraform.setVariables(Object.fromEntries(reviewedImages.map(({ variable, reference }) => [variable, reference?.text ?? ""])));
}
async function recordRunningImages(job, serving) {
	if ((job.report.images ?? []).length === 0) return;
	const { readRunningImages } = await import("./platforms.js");
	const running = await job.orWarn(() => readRunningImages(serving));
	if (running !== void 0) job.record({ runningImages: running });
}
export { chooseCurrentImages, chooseImages, passImagesUnresolved, recordRunningImages };
