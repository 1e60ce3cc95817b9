// src/report/report.ts
const reportCommands = [
	"plan",
	"apply",
	"verify",
	"destroy"
];
function registrationOf({ monitors }) {
	return monitors?.find(({ outcome }) => [
		"created",
		"exists",
		"updated",
		"resumed"
	].includes(outcome));
}
function eraLine(gate) {
	return Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => `${era} ${protocolVersion ?? verdict}`).join(", ");
}
function reportJson(report) {
	const { plan, findings = [], stability, gate, ...rest } = report;
	const [failure] = report.failures;
	return {
		...rest,
		...failure && { failure },
		registration: registrationOf(report),
		gate: gate && {
			...gate,
			contract: gate.contract && {
				hash: gate.contract.hash,
				comparison: gate.contract.comparison
			}
		},
		plan: plan && {
			hasChanges: plan.hasChanges,
			counts: plan.counts,
			changes: plan.changes.map(({ address, kind }) => ({
				address,
				kind
			})),
			findings,
			terraformVersion: plan.terraformVersion
		},
		stability: stability && {
			...stability,
			seen: stability.observed
		}
	};
}
export { reportJson as i, registrationOf as n, reportCommands as r, eraLine as t };
