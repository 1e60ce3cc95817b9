import { publicUrl } from "./entry.js";
import { lineText } from "./line.js";
// src/report/report.ts
const reportCommands = [
	"plan",
	"apply",
	"verify",
	"destroy",
	"rollback"
];
function registrationOf({ monitors }) {
	return monitors?.find(({ outcome }) => [
		"created",
		"exists",
		"updated",
		"resumed"
	].includes(outcome));
}
function reportJson(report) {
	const { plan, findings = [], unjudged = [], stability, gate, deployment, drift, ...rest } = report;
	const [failure] = report.failures;
	return {
		...rest,
		...failure && { failure },
		registration: registrationOf(report),
		deployment: deployment && {
			...deployment,
			endpoint: publicUrl(deployment.endpoint)
		},
		gate: gate && {
			...gate,
			endpoint: publicUrl(gate.endpoint),
			contract: gate.contract && {
				hash: gate.contract.hash,
				comparison: gate.contract.comparison
			}
		},
		drift: drift && {
			...drift,
			changes: drift.changes.map((change) => ({
				...change,
				lines: change.lines.map(lineText)
			}))
		},
		plan: plan && {
			hasChanges: plan.hasChanges,
			counts: plan.counts,
			changes: plan.changes.map(({ address, kind }) => ({
				address,
				kind
			})),
			findings,
			unjudged,
			terraformVersion: plan.terraformVersion
		},
		stability: stability && {
			...stability,
			seen: stability.observed
		}
	};
}
export { registrationOf, reportCommands, reportJson };
