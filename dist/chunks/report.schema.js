// docs/report.schema.json
var report_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://raw.githubusercontent.com/OWNER/terraform-mcp-deploy/v1/docs/report.schema.json",
	title: "Report of Terraform MCP Deploy",
	description: "The file of the output gate-report: what one run planned, applied and saw. Times are milliseconds. Fields may be added; those that are here keep their meaning.",
	type: "object",
	required: [
		"command",
		"target",
		"commit",
		"runUrl",
		"warnings",
		"phases"
	],
	properties: {
		"command": { "enum": [
			"plan",
			"apply",
			"verify",
			"destroy",
			"rollback"
		] },
		"target": {
			"type": "object",
			"required": ["directory"],
			"properties": {
				"name": {
					"description": "Of the input stack-name.",
					"$ref": "#/$defs/ours"
				},
				"stack": { "$ref": "#/$defs/ours" },
				"directory": { "$ref": "#/$defs/ours" },
				"workspace": { "$ref": "#/$defs/ours" }
			}
		},
		"commit": {
			"type": "string",
			"pattern": "^[0-9a-f]{7,64}$"
		},
		"runUrl": { "type": "string" },
		"remoteRun": {
			"description": "The run in HCP Terraform that made the plan.",
			"type": "object",
			"required": ["id", "url"],
			"properties": {
				"id": { "type": "string" },
				"url": { "type": "string" }
			}
		},
		"pullRequest": { "type": "integer" },
		"tool": {
			"description": "Absent until the tool is installed.",
			"enum": ["terraform", "tofu"]
		},
		"plan": {
			"type": "object",
			"required": [
				"hasChanges",
				"counts",
				"changes",
				"findings",
				"terraformVersion"
			],
			"properties": {
				"hasChanges": { "type": "boolean" },
				"counts": {
					"description": "As Terraform counts: a replacement is one of `add` and one of `destroy`, and `replace` counts it once more.",
					"type": "object",
					"required": [
						"add",
						"change",
						"destroy",
						"replace",
						"import",
						"move",
						"forget"
					],
					"additionalProperties": {
						"type": "integer",
						"minimum": 0
					}
				},
				"changes": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["address", "kind"],
						"properties": {
							"address": { "$ref": "#/$defs/address" },
							"kind": { "$ref": "#/$defs/kind" }
						}
					}
				},
				"unjudged": {
					"description": "Arguments that rules could not judge, because their values are known only after the apply.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"address",
							"argument",
							"rules"
						],
						"properties": {
							"address": { "$ref": "#/$defs/address" },
							"argument": {
								"type": "string",
								"pattern": "^[a-z0-9_]+$"
							},
							"rules": {
								"type": "array",
								"items": {
									"type": "string",
									"pattern": "^[a-z]+(-[a-z]+)*$"
								}
							}
						}
					}
				},
				"findings": {
					"description": "What the plan means for the MCP server, by the rules of docs/plan-rules.md: what is not accepted first, then the most dangerous first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"rule",
							"severity",
							"address",
							"sentence",
							"fix",
							"docs"
						],
						"properties": {
							"rule": {
								"type": "string",
								"pattern": "^[a-z]+(-[a-z]+)*$"
							},
							"severity": { "enum": [
								"danger",
								"warning",
								"notice"
							] },
							"address": {
								"description": "Of a resource, or `output.NAME`.",
								"$ref": "#/$defs/address"
							},
							"sentence": { "type": "string" },
							"fix": { "type": "string" },
							"docs": { "type": "string" },
							"accepted": {
								"description": "The reason that was given in the code or by accept-rules.",
								"type": "string"
							}
						}
					}
				},
				"terraformVersion": { "type": "string" }
			}
		},
		"approval": {
			"description": "Whether the plan matches the reviewed plan. `awaiting`: the plan is on a pull request. `reviewed`, `covered` (by the reviewed plans of several pull requests), `remainder` (of an interrupted apply), `approved-by-fingerprint`, `no-changes` and `not required`: the plan may be applied. `refused`: it was not applied. Reports of version 0.1 have `rest`, `given` and `empty` for `remainder`, `approved-by-fingerprint` and `no-changes`.",
			"type": "object",
			"required": [
				"outcome",
				"fingerprint",
				"differences"
			],
			"properties": {
				"outcome": { "enum": [
					"awaiting",
					"reviewed",
					"covered",
					"remainder",
					"approved-by-fingerprint",
					"no-changes",
					"not required",
					"refused"
				] },
				"fingerprint": {
					"type": "string",
					"pattern": "^(sha256|scrypt:[0-9a-f]+):[A-Za-z0-9_-]+$"
				},
				"reviewed": {
					"type": "object",
					"required": ["commit", "runUrl"],
					"properties": {
						"commit": { "type": "string" },
						"runUrl": { "type": "string" }
					}
				},
				"pullRequests": {
					"description": "Numbers of the pull requests whose reviewed plans cover this one, with the outcome `covered`.",
					"type": "array",
					"items": { "type": "integer" }
				},
				"differences": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["what"],
						"properties": {
							"what": { "enum": [
								"setting",
								"added",
								"gone",
								"actions",
								"attributes"
							] },
							"address": { "$ref": "#/$defs/address" },
							"name": { "type": "string" },
							"was": { "type": "string" },
							"is": { "type": "string" },
							"actions": { "type": "string" },
							"attributes": {
								"type": "array",
								"items": { "type": "string" }
							}
						}
					}
				},
				"remarks": {
					"description": "What a reviewer must know about the comparison, on a pull request. `unreviewable`: attributes that are known only after the apply. `placeholders`: attributes with values that the apply has its own of. `ignored`: lines of `plan-approval-ignore`. `dated`: values that hold the date of the plan.",
					"type": "object",
					"properties": {
						"unreviewable": {
							"type": "array",
							"items": {
								"type": "object",
								"required": ["address", "attribute"],
								"properties": {
									"address": { "$ref": "#/$defs/address" },
									"attribute": { "type": "string" }
								}
							}
						},
						"placeholders": {
							"type": "object",
							"properties": {
								"commit": {
									"type": "array",
									"items": {
										"type": "object",
										"required": ["address", "attribute"],
										"properties": {
											"address": { "$ref": "#/$defs/address" },
											"attribute": { "type": "string" }
										}
									}
								},
								"timestamp": {
									"type": "array",
									"items": {
										"type": "object",
										"required": ["address", "attribute"],
										"properties": {
											"address": { "$ref": "#/$defs/address" },
											"attribute": { "type": "string" }
										}
									}
								},
								"identity": {
									"type": "array",
									"items": {
										"type": "object",
										"required": ["address", "attribute"],
										"properties": {
											"address": { "$ref": "#/$defs/address" },
											"attribute": { "type": "string" }
										}
									}
								}
							}
						},
						"ignored": {
							"type": "array",
							"items": { "type": "string" }
						},
						"dated": {
							"type": "array",
							"items": {
								"type": "object",
								"required": ["address", "attribute"],
								"properties": {
									"address": { "$ref": "#/$defs/address" },
									"attribute": { "type": "string" }
								}
							}
						}
					}
				}
			}
		},
		"check": {
			"description": "What was checked of a pull request from a fork or of Dependabot, which gets no plan.",
			"type": "object",
			"required": [
				"visitor",
				"unformatted",
				"diagnostics"
			],
			"properties": {
				"visitor": { "enum": ["fork", "dependabot"] },
				"credentials": {
					"description": "Names of the credentials that the job holds, because of which the code was read and not executed. Empty if `validate` ran.",
					"type": "array",
					"items": { "type": "string" }
				},
				"programs": {
					"description": "What a plan would download or start.",
					"type": "array",
					"items": {
						"type": "object",
						"required": ["what", "name"],
						"properties": {
							"what": { "enum": [
								"provider",
								"module",
								"program",
								"file"
							] },
							"name": { "type": "string" }
						}
					}
				},
				"unformatted": {
					"type": "array",
					"items": { "type": "string" }
				},
				"diagnostics": {
					"type": "array",
					"items": { "$ref": "#/$defs/problem" }
				}
			}
		},
		"planChecks": {
			"description": "What the commands of the input plan-checks said about the plan.",
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"name",
					"outcome",
					"observed"
				],
				"properties": {
					"name": { "$ref": "#/$defs/ours" },
					"outcome": { "enum": [
						"passed",
						"warned",
						"failed"
					] },
					"observed": { "type": "string" },
					"output": {
						"description": "Both output streams, without their middle if they are long.",
						"type": "string"
					}
				}
			}
		},
		"images": {
			"description": "The images of the input reviewed-images that Terraform got. `input`: this run has resolved the reference. `review`: the record of the reviewed plan holds the image.",
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"variable",
					"reference",
					"from"
				],
				"properties": {
					"variable": { "$ref": "#/$defs/ours" },
					"reference": {
						"description": "The image by digest.",
						"type": "string"
					},
					"context": {
						"description": "Path in the repository that the image was built from.",
						"$ref": "#/$defs/ours"
					},
					"tree": {
						"description": "Git's hash of the tree at that path.",
						"type": "string",
						"pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"
					},
					"from": { "enum": ["input", "review"] }
				}
			}
		},
		"runningImages": {
			"description": "Digests of the images that the platform runs after the apply, if it reports them.",
			"type": "array",
			"items": {
				"type": "string",
				"pattern": "^[a-z0-9]+:[0-9a-f]{32,128}$"
			}
		},
		"previousRevision": {
			"description": "Task definition that served before the apply.",
			"type": "string"
		},
		"apply": {
			"description": "`started` alone: the state may have changed although no later part is known.",
			"enum": ["started", "done"]
		},
		"deployment": {
			"type": "object",
			"required": ["endpoint", "serving"],
			"properties": {
				"endpoint": { "type": "string" },
				"serving": {
					"type": "object",
					"required": ["kind"],
					"properties": {
						"kind": {
							"description": "`endpoint`: it is not known what serves, and only the endpoint was checked.",
							"enum": [
								"ecs",
								"ecs-express",
								"ec2",
								"lambda",
								"agentcore",
								"endpoint"
							]
						},
						"name": { "type": "string" },
						"cluster": { "type": "string" },
						"service": { "type": "string" },
						"region": { "type": "string" },
						"taskDefinition": {
							"type": "object",
							"required": ["arn"],
							"properties": {
								"arn": { "type": "string" },
								"address": { "$ref": "#/$defs/address" }
							}
						},
						"instanceId": { "type": "string" },
						"arn": {
							"description": "ARN of an AgentCore runtime or of an ECS Express service.",
							"type": "string"
						},
						"id": {
							"description": "Id of an AgentCore runtime.",
							"type": "string"
						},
						"qualifier": {
							"description": "The endpoint of an AgentCore runtime that clients call.",
							"type": "string"
						},
						"endpointVersion": {
							"description": "The version of that endpoint in the state.",
							"type": "string"
						},
						"authorizer": {
							"description": "How an AgentCore runtime authenticates its clients.",
							"enum": ["iam", "jwt"]
						},
						"signedHost": {
							"description": "Host of the function URL that asks for signatures (AWS_IAM).",
							"type": "string"
						},
						"revision": {
							"description": "ARN of the service revision that an ECS Express service must run.",
							"type": "string"
						},
						"url": {
							"description": "URL of an ECS Express service.",
							"type": "string"
						},
						"alias": {
							"description": "The alias that clients of a Lambda function are sent through.",
							"type": "string"
						},
						"version": {
							"description": "The published version that the alias of a Lambda function must point at, or the version that the endpoint of an AgentCore runtime must serve.",
							"type": "string"
						},
						"controller": {
							"description": "What deploys the ECS service instead of ECS itself.",
							"type": "string"
						},
						"testEndpoint": {
							"description": "URL of the test listener of an ECS service.",
							"type": "string"
						},
						"address": { "$ref": "#/$defs/address" }
					}
				}
			}
		},
		"stability": {
			"type": "object",
			"required": ["running", "elapsedMs"],
			"properties": {
				"taskDefinition": { "type": "string" },
				"running": { "type": "integer" },
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"failure": { "$ref": "#/$defs/failure" },
				"seen": {
					"description": "What was seen, to be followed by a cause.",
					"type": "string"
				},
				"deployment": {
					"description": "The ECS deployment that was followed.",
					"type": "object",
					"required": ["id", "createdAt"],
					"properties": {
						"id": { "type": "string" },
						"createdAt": { "$ref": "#/$defs/time" }
					}
				},
				"runs": {
					"description": "What runs, as a clause, where it is no task of ECS.",
					"type": "string"
				},
				"revision": {
					"description": "The revision that serves, such as FAMILY:REVISION.",
					"type": "string"
				}
			}
		},
		"readiness": {
			"description": "The status checks of an EC2 instance.",
			"type": "object",
			"required": ["elapsedMs"],
			"properties": {
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"failure": { "$ref": "#/$defs/failure" }
			}
		},
		"notChecked": {
			"description": "What the run could not check of what it deployed: sentences.",
			"type": "array",
			"items": { "type": "string" }
		},
		"gate": { "$ref": "#/$defs/gate" },
		"evidence": { "$ref": "#/$defs/evidence" },
		"taint": {
			"type": "object",
			"required": ["tainted"],
			"properties": {
				"tainted": {
					"type": "array",
					"items": { "$ref": "#/$defs/address" }
				},
				"address": {
					"description": "What a taint was decided for.",
					"$ref": "#/$defs/address"
				},
				"why": { "type": "string" }
			}
		},
		"rollback": {
			"description": "The ECS service was pointed at an earlier task definition.",
			"type": "object",
			"required": [
				"from",
				"to",
				"wasPassed",
				"restored",
				"sentence"
			],
			"properties": {
				"from": {
					"description": "FAMILY:REVISION that failed.",
					"type": "string"
				},
				"to": {
					"description": "FAMILY:REVISION that was gone back to.",
					"type": "string"
				},
				"wasPassed": {
					"description": "The gate had passed it before, by the record.",
					"type": "boolean"
				},
				"restored": {
					"description": "ECS runs it, and the gate has passed it now.",
					"type": "boolean"
				},
				"sentence": { "type": "string" }
			},
			"additionalProperties": false
		},
		"registration": {
			"description": "The monitor that watches the verified endpoint, as in monitors.",
			"$ref": "#/$defs/told"
		},
		"monitors": {
			"description": "What each monitor did when it was told how the run ended.",
			"type": "array",
			"items": { "$ref": "#/$defs/told" }
		},
		"failure": {
			"description": "The first of `failures`.",
			"$ref": "#/$defs/failureInPhase"
		},
		"failures": {
			"description": "What failed, in the order in which it was found; empty when the run passed. Reports of version 0.1 have only `failure`.",
			"type": "array",
			"items": { "$ref": "#/$defs/failureInPhase" }
		},
		"destroy": {
			"description": "What became of a destroy, as soon as its plan is there. `unconfirmed`: nothing was changed; `nothing`: there was nothing to destroy; `started`: the state may have changed although it is not known how; `left`: something is still there.",
			"type": "object",
			"required": [
				"stack",
				"outcome",
				"left"
			],
			"properties": {
				"stack": {
					"description": "What confirm-destroy must be.",
					"$ref": "#/$defs/ours"
				},
				"outcome": { "enum": [
					"unconfirmed",
					"nothing",
					"started",
					"done",
					"left"
				] },
				"left": {
					"description": "Addresses of what was to be destroyed and is still in the state.",
					"type": "array",
					"items": { "$ref": "#/$defs/address" }
				},
				"deactivated": {
					"description": "How many deployments of the GitHub environment were set inactive.",
					"type": "integer",
					"minimum": 0
				}
			},
			"additionalProperties": false
		},
		"certificate": {
			"description": "The certificate of an https endpoint, at a verify.",
			"type": "object",
			"required": [
				"host",
				"daysLeft",
				"validTo",
				"issuer",
				"names"
			],
			"properties": {
				"host": { "type": "string" },
				"daysLeft": {
					"description": "Whole days, negative when it has expired.",
					"type": "integer"
				},
				"validTo": {
					"type": "string",
					"format": "date-time"
				},
				"issuer": { "type": "string" },
				"names": {
					"type": "array",
					"items": { "type": "string" }
				}
			},
			"additionalProperties": false
		},
		"drift": {
			"description": "What an apply would change of what is deployed, or with a refresh-only plan what was changed outside of Terraform, at a verify that made a plan; empty lists when nothing.",
			"type": "object",
			"required": [
				"plan",
				"changes",
				"outputs"
			],
			"properties": {
				"plan": { "enum": ["normal", "refresh-only"] },
				"changes": {
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"address",
							"kind",
							"lines"
						],
						"properties": {
							"address": { "$ref": "#/$defs/address" },
							"kind": {
								"description": "With a refresh-only plan `delete` is gone and `update` was changed.",
								"$ref": "#/$defs/kind"
							},
							"lines": {
								"description": "The attributes that differ, as a diff, without secrets.",
								"type": "array",
								"items": { "type": "string" }
							}
						},
						"additionalProperties": false
					}
				},
				"outputs": {
					"description": "Names.",
					"type": "array",
					"items": { "type": "string" }
				},
				"filledIn": {
					"description": "Attributes that a newer version of a provider fills in on all of its resources. They are not drift.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"provider",
							"attribute",
							"resources"
						],
						"properties": {
							"provider": { "type": "string" },
							"attribute": { "type": "string" },
							"resources": {
								"description": "Number of resources.",
								"type": "integer"
							}
						},
						"additionalProperties": false
					}
				}
			},
			"additionalProperties": false
		},
		"links": {
			"description": "Pages of the AWS console that show what was deployed.",
			"type": "array",
			"items": {
				"type": "object",
				"required": ["title", "url"],
				"properties": {
					"title": { "type": "string" },
					"url": {
						"type": "string",
						"format": "uri"
					}
				},
				"additionalProperties": false
			}
		},
		"issue": {
			"description": "The GitHub issue of a verify; `kept` is open and was told of today already.",
			"type": "object",
			"required": [
				"number",
				"url",
				"outcome"
			],
			"properties": {
				"number": { "type": "integer" },
				"url": {
					"type": "string",
					"format": "uri"
				},
				"outcome": { "enum": [
					"opened",
					"updated",
					"kept",
					"closed"
				] }
			},
			"additionalProperties": false
		},
		"githubDeployment": {
			"description": "The deployment in the GitHub environment of the input deployment-environment.",
			"type": "object",
			"required": ["environment", "id"],
			"properties": {
				"environment": { "type": "string" },
				"id": { "type": "integer" }
			},
			"additionalProperties": false
		},
		"problems": {
			"description": "What Terraform says is wrong, when a command of it failed.",
			"type": "array",
			"items": { "$ref": "#/$defs/problem" }
		},
		"warnings": {
			"type": "array",
			"items": { "type": "string" }
		},
		"phases": {
			"type": "array",
			"items": {
				"type": "object",
				"required": ["phase", "ms"],
				"properties": {
					"phase": { "$ref": "#/$defs/phase" },
					"ms": { "$ref": "#/$defs/milliseconds" }
				}
			}
		}
	},
	$defs: {
		"ours": {
			"description": "A name of the workflow. It is written as it is.",
			"type": "string"
		},
		"address": {
			"description": "The address of a Terraform resource. It is written whole; what holds a secret is left out, with a warning.",
			"type": "string"
		},
		"kind": { "enum": [
			"delete",
			"replace",
			"update",
			"create",
			"forget",
			"move",
			"import",
			"read",
			"none"
		] },
		"phase": { "enum": [
			"start",
			"install",
			"init",
			"check",
			"plan",
			"plan-checks",
			"approval",
			"credentials",
			"unregister",
			"apply",
			"destroy",
			"stability",
			"gate",
			"certificate",
			"drift",
			"diagnosis",
			"taint",
			"rollback",
			"register",
			"issue",
			"report",
			"comment"
		] },
		"failureCode": {
			"description": "A code of docs/failure-codes.md. Reports of version 0.1 have an empty code for what is no check.",
			"type": "string",
			"pattern": "^([A-Z][A-Z0-9_]*)?$"
		},
		"failureInPhase": {
			"type": "object",
			"required": [
				"code",
				"sentence",
				"fix",
				"phase"
			],
			"properties": {
				"code": { "$ref": "#/$defs/failureCode" },
				"cause": {
					"description": "What AWS shows to lie behind it; the sentence and the fix are about that then.",
					"type": "string",
					"pattern": "^[A-Z][A-Z0-9_]*$"
				},
				"sentence": { "type": "string" },
				"fix": { "type": "string" },
				"remedy": { "$ref": "#/$defs/remedy" },
				"phase": { "$ref": "#/$defs/phase" }
			}
		},
		"milliseconds": {
			"type": "number",
			"minimum": 0
		},
		"time": {
			"description": "Milliseconds since 1970.",
			"type": "number",
			"minimum": 0
		},
		"problem": {
			"description": "An error or a warning of Terraform in its own words. `file` is relative to the repository; what lies in no file of it has `outsideRepository`.",
			"type": "object",
			"required": ["severity", "summary"],
			"properties": {
				"severity": { "enum": ["error", "warning"] },
				"summary": { "type": "string" },
				"detail": { "type": "string" },
				"excerpt": {
					"description": "The place and the code there, as Terraform prints them.",
					"type": "string"
				},
				"address": { "$ref": "#/$defs/address" },
				"file": { "type": "string" },
				"line": {
					"type": "integer",
					"minimum": 1
				},
				"url": {
					"description": "The line on GitHub.",
					"type": "string"
				},
				"outsideRepository": { "type": "string" }
			}
		},
		"evidence": {
			"description": "What AWS showed of a failure. A detail that could not be had is in `omitted`.",
			"type": "object",
			"required": [
				"subject",
				"events",
				"stopped",
				"targetGroups",
				"loadBalancers",
				"console",
				"omitted"
			],
			"properties": {
				"subject": {
					"description": "CLUSTER/SERVICE, or the id of an instance.",
					"type": "string"
				},
				"events": {
					"description": "Of the service since this deployment began, newest first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"id",
							"createdAt",
							"message"
						],
						"properties": {
							"id": { "type": "string" },
							"createdAt": { "$ref": "#/$defs/time" },
							"message": { "type": "string" }
						}
					}
				},
				"stopped": {
					"description": "Tasks of this deployment that nobody meant to stop, newest first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"arn",
							"stoppedReason",
							"stopCode",
							"stoppedAt",
							"health",
							"containers"
						],
						"properties": {
							"arn": { "type": "string" },
							"stoppedReason": { "type": "string" },
							"stopCode": { "type": "string" },
							"stoppedAt": { "$ref": "#/$defs/time" },
							"health": { "type": "string" },
							"containers": {
								"type": "array",
								"items": {
									"type": "object",
									"required": [
										"name",
										"reason",
										"health"
									],
									"properties": {
										"name": { "type": "string" },
										"exitCode": { "type": "integer" },
										"reason": { "type": "string" },
										"health": { "type": "string" }
									}
								}
							},
							"startedBy": { "type": "string" },
							"taskDefinition": { "type": "string" }
						}
					}
				},
				"definition": {
					"description": "The task definition of this deployment.",
					"type": "object",
					"properties": {
						"arn": { "type": "string" },
						"status": { "type": "string" },
						"architecture": { "type": "string" },
						"containers": {
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"name": { "type": "string" },
									"image": { "type": "string" },
									"essential": { "type": "boolean" },
									"ports": {
										"type": "array",
										"items": { "type": "integer" }
									},
									"healthCheck": { "type": "string" },
									"log": {
										"type": "object",
										"properties": {
											"group": { "type": "string" },
											"prefix": { "type": "string" },
											"region": { "type": "string" }
										}
									}
								}
							}
						}
					}
				},
				"targetGroups": {
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"arn",
							"name",
							"healthPath",
							"healthyCodes",
							"targets"
						],
						"properties": {
							"arn": { "type": "string" },
							"name": { "type": "string" },
							"healthPath": { "type": "string" },
							"healthyCodes": { "type": "string" },
							"targets": {
								"type": "array",
								"items": {
									"type": "object",
									"required": [
										"id",
										"state",
										"reason",
										"description"
									],
									"properties": {
										"id": { "type": "string" },
										"port": { "type": "integer" },
										"state": { "type": "string" },
										"reason": {
											"description": "A code of API_TargetHealth.",
											"type": "string"
										},
										"description": { "type": "string" }
									}
								}
							},
							"port": { "type": "integer" },
							"loadBalancers": {
								"type": "array",
								"items": { "type": "string" }
							}
						}
					}
				},
				"loadBalancers": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["arn", "listeners"],
						"properties": {
							"arn": { "type": "string" },
							"name": { "type": "string" },
							"scheme": { "type": "string" },
							"state": { "type": "string" },
							"listeners": {
								"type": "array",
								"items": {
									"type": "object",
									"properties": {
										"port": { "type": "integer" },
										"protocol": { "type": "string" },
										"defaultAction": { "type": "string" }
									}
								}
							}
						}
					}
				},
				"log": {
					"description": "The end of the output of the container that failed.",
					"type": "object",
					"required": [
						"container",
						"group",
						"stream",
						"lines"
					],
					"properties": {
						"container": { "type": "string" },
						"group": { "type": "string" },
						"stream": { "type": "string" },
						"lines": {
							"type": "array",
							"maxItems": 20,
							"items": { "type": "string" }
						}
					}
				},
				"instance": {
					"type": "object",
					"required": [
						"state",
						"system",
						"instance"
					],
					"properties": {
						"state": { "type": "string" },
						"system": { "type": "string" },
						"instance": { "type": "string" }
					}
				},
				"console": {
					"description": "The end of the console output of the instance.",
					"type": "array",
					"items": { "type": "string" }
				},
				"omitted": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["detail", "why"],
						"properties": {
							"detail": { "type": "string" },
							"action": {
								"description": "The IAM action that would give it.",
								"type": "string"
							},
							"why": { "type": "string" }
						}
					}
				}
			}
		},
		"told": {
			"type": "object",
			"required": [
				"monitor",
				"outcome",
				"notices"
			],
			"properties": {
				"monitor": { "type": "string" },
				"outcome": {
					"description": "`none`: there was nothing for it to do, or it has no way to do it, which the notices say.",
					"enum": [
						"created",
						"exists",
						"updated",
						"resumed",
						"paused",
						"removed",
						"delivered",
						"none",
						"failed"
					]
				},
				"id": {
					"description": "Of the monitor, or of the delivery.",
					"type": "string"
				},
				"slug": { "type": "string" },
				"status": {
					"description": "The last one that the monitor shows in public.",
					"type": "string"
				},
				"badgeUrl": {
					"type": "string",
					"format": "uri"
				},
				"statusPageUrl": {
					"type": "string",
					"format": "uri"
				},
				"notices": {
					"description": "What was not done, and what to do by hand.",
					"type": "array",
					"items": { "type": "string" }
				},
				"warning": {
					"description": "Why it failed.",
					"type": "string"
				}
			},
			"additionalProperties": false
		},
		"remedy": {
			"description": "`replace`: what is serving is broken. `config`: replacing it changes nothing. `wait`: it did not heal in time.",
			"enum": [
				"replace",
				"config",
				"wait"
			]
		},
		"code": {
			"description": "A code of docs/failure-codes.md.",
			"type": "string",
			"pattern": "^[A-Z][A-Z0-9_]*$"
		},
		"verdict": {
			"description": "`green`, or the code of the failure.",
			"type": "string",
			"pattern": "^(green|[A-Z][A-Z0-9_]*)$"
		},
		"failure": {
			"type": "object",
			"required": [
				"code",
				"sentence",
				"fix",
				"remedy"
			],
			"properties": {
				"code": { "$ref": "#/$defs/code" },
				"cause": {
					"description": "Where `code` says what it means for one era of clients: what is behind it.",
					"$ref": "#/$defs/code"
				},
				"sentence": {
					"description": "What was seen.",
					"type": "string",
					"minLength": 1
				},
				"fix": {
					"description": "What to change.",
					"type": "string",
					"minLength": 1
				},
				"remedy": { "$ref": "#/$defs/remedy" },
				"era": { "enum": [
					"modern",
					"legacy",
					"http-sse"
				] },
				"step": {
					"description": "The MCP method, or the stage of the transport, that failed.",
					"type": "string"
				}
			},
			"additionalProperties": false
		},
		"era": {
			"type": "object",
			"required": ["verdict"],
			"properties": {
				"verdict": { "enum": [
					"passed",
					"failed",
					"absent"
				] },
				"protocolVersion": { "type": "string" },
				"failure": { "$ref": "#/$defs/failure" }
			},
			"additionalProperties": false
		},
		"gate": {
			"type": "object",
			"required": [
				"passed",
				"endpoint",
				"eras",
				"protocolVersions",
				"tools",
				"warnings",
				"latencyMs",
				"elapsedMs",
				"rounds"
			],
			"properties": {
				"passed": { "type": "boolean" },
				"endpoint": { "type": "string" },
				"failure": {
					"description": "The check that decides, when the gate did not pass.",
					"$ref": "#/$defs/failure"
				},
				"eras": {
					"description": "modern: 2026-07-28. legacy: Streamable HTTP, 2025-03-26 to 2025-11-25. http-sse: 2024-11-05.",
					"type": "object",
					"required": [
						"modern",
						"legacy",
						"http-sse"
					],
					"properties": {
						"modern": { "$ref": "#/$defs/era" },
						"legacy": { "$ref": "#/$defs/era" },
						"http-sse": { "$ref": "#/$defs/era" }
					},
					"additionalProperties": false
				},
				"protocolVersions": {
					"description": "Negotiated by the eras that passed, newest first.",
					"type": "array",
					"items": { "type": "string" }
				},
				"tools": {
					"description": "Names, sorted.",
					"type": "array",
					"items": { "type": "string" }
				},
				"serverInfo": {
					"type": "object",
					"required": ["name", "version"],
					"properties": {
						"name": { "type": "string" },
						"version": { "type": "string" }
					},
					"additionalProperties": false
				},
				"contract": {
					"type": "object",
					"required": ["hash"],
					"properties": {
						"hash": {
							"description": "SHA-256 of the tool contract; the contract itself is the file of the output mcp-contract-file.",
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						},
						"comparison": {
							"description": "With the committed contract.",
							"type": "object",
							"required": [
								"added",
								"removed",
								"breaking",
								"harmless",
								"descriptions",
								"counts"
							],
							"properties": {
								"added": {
									"type": "array",
									"items": { "type": "string" }
								},
								"removed": {
									"type": "array",
									"items": { "type": "string" }
								},
								"breaking": { "$ref": "#/$defs/changes" },
								"harmless": { "$ref": "#/$defs/changes" },
								"descriptions": { "$ref": "#/$defs/changes" },
								"counts": {
									"description": "How many there are of each kind; the lists hold the first 1,000.",
									"type": "object",
									"required": [
										"added",
										"removed",
										"breaking",
										"harmless",
										"descriptions"
									],
									"additionalProperties": {
										"type": "integer",
										"minimum": 0
									}
								}
							},
							"additionalProperties": false
						}
					},
					"additionalProperties": false
				},
				"wall": {
					"description": "What the endpoint tells clients that have no credentials.",
					"type": "object",
					"required": [
						"metadataUrl",
						"resource",
						"authorizationServers",
						"scopes"
					],
					"properties": {
						"metadataUrl": { "type": "string" },
						"resource": { "type": "string" },
						"authorizationServers": {
							"type": "array",
							"items": { "type": "string" }
						},
						"scopes": {
							"type": "array",
							"items": { "type": "string" }
						}
					},
					"additionalProperties": false
				},
				"warnings": {
					"type": "array",
					"items": { "type": "string" }
				},
				"latencyMs": {
					"description": "Median over the green rounds from the first byte sent to the whole tool list, of the slowest required era; with mcp-require: any, of the fastest that passed. Null without a green round.",
					"type": ["number", "null"],
					"minimum": 0
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"rounds": {
					"description": "Every attempt, in order.",
					"type": "array",
					"items": { "$ref": "#/$defs/round" }
				}
			},
			"additionalProperties": false
		},
		"changes": {
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"tool",
					"path",
					"what"
				],
				"properties": {
					"tool": { "type": "string" },
					"path": { "type": "string" },
					"what": { "type": "string" }
				},
				"additionalProperties": false
			}
		},
		"round": {
			"type": "object",
			"required": [
				"startedAt",
				"elapsedMs",
				"verdict",
				"exchanges"
			],
			"properties": {
				"startedAt": {
					"type": "string",
					"format": "date-time"
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"verdict": { "$ref": "#/$defs/verdict" },
				"exchanges": {
					"type": "array",
					"items": { "$ref": "#/$defs/exchange" }
				},
				"survey": {
					"description": "After the first green round in a row: what many fresh connections found.",
					"type": "object",
					"required": [
						"elapsedMs",
						"verdict",
						"tries",
						"failed",
						"exchanges"
					],
					"properties": {
						"elapsedMs": { "$ref": "#/$defs/milliseconds" },
						"verdict": { "$ref": "#/$defs/verdict" },
						"tries": {
							"type": "integer",
							"minimum": 0
						},
						"failed": {
							"type": "integer",
							"minimum": 0
						},
						"exchanges": {
							"type": "array",
							"items": { "$ref": "#/$defs/exchange" }
						}
					},
					"additionalProperties": false
				}
			},
			"additionalProperties": false
		},
		"exchange": {
			"description": "One HTTP exchange on a connection of its own.",
			"type": "object",
			"required": [
				"era",
				"step",
				"method",
				"status",
				"bytes",
				"phases",
				"elapsedMs",
				"verdict"
			],
			"properties": {
				"era": {
					"description": "Null for an exchange about authorization.",
					"enum": [
						"modern",
						"legacy",
						"http-sse",
						null
					]
				},
				"step": { "type": "string" },
				"method": { "enum": [
					"GET",
					"POST",
					"DELETE"
				] },
				"status": {
					"description": "Null when no response came.",
					"type": ["integer", "null"]
				},
				"bytes": {
					"description": "Of the body, decompressed, as far as it was read.",
					"type": "integer",
					"minimum": 0
				},
				"phases": {
					"description": "Null for a phase that the exchange did not enter.",
					"type": "object",
					"required": [
						"dns",
						"tcp",
						"tls",
						"headers",
						"body"
					],
					"additionalProperties": {
						"type": ["number", "null"],
						"minimum": 0
					}
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"verdict": {
					"description": "`ok`, or the code of the failure.",
					"type": "string",
					"pattern": "^(ok|[A-Z][A-Z0-9_]*)$"
				}
			},
			"additionalProperties": false
		}
	}
};
export { report_schema_default as default };
