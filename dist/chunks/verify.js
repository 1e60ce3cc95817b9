import { A as inWordsOf, I as keySetting, L as mergeBackendConfig, N as toolTitles, R as namingSettings, X as hasAuthorization, _t as repositoryRoot, et as compareContracts, ht as tokenSubject, it as readSigningScope, j as shippedModuleNames, nt as createClientAssertion, rt as openSigner, tt as contractOf } from "./entry.js";
import { F as isObject, G as InputError, J as codeOf, K as ServiceError, L as parseJson$1, M as asObject, N as asText, T as isSecretName, U as CancelledError, W as GitHubError, X as messageOf, d as count$1, g as oneLine, h as lastPart, l as log, n as retryAfterMs, q as TerraformError, r as sleep, s as line, t as poll, u as secrets, v as shorten, y as visible } from "./base.js";
import { accessSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { createHash, hash } from "node:crypto";
import { isIP } from "node:net";
import { pipeline } from "node:stream";
import zlib, { deflateRawSync, inflateRawSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { homedir } from "node:os";
import { execFile, spawn } from "node:child_process";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
// src/approval/codes.ts
const review = "Open a pull request and review its plan, which is based on what is deployed now.";
const approve = "To apply this plan unchanged, start the workflow manually with its fingerprint as plan-approval (in the recipes, the input approve).";
const unstableValue = "If every run has another fingerprint, a value is different in each plan, for example because it comes from the time: name its attribute in plan-approval-ignore.";
const newImage = "Start the workflow manually without a fingerprint: it plans with the image of the current code. Read that plan, then start the workflow again with its fingerprint as plan-approval (in the recipes, the input approve).";
const approvalCodes = {
	PLAN_CHANGED: {
		meaning: "the plan differs from the reviewed plan",
		fix: `Read the differences. ${review} ${approve}`,
		remedy: "config"
	},
	PLAN_APPLIED: {
		meaning: "the reviewed plan was already applied at this commit, and something has changed since",
		fix: `Read the plan. ${review} ${approve}`,
		remedy: "config"
	},
	COMMIT_SUPERSEDED: {
		meaning: "a newer commit was already applied, or it cannot be shown that none was",
		fix: "Re-run the newest run of the workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. To go back to an older version, merge a pull request that reverts the newer one.",
		remedy: "config"
	},
	PLAN_NOT_REVIEWED: {
		meaning: "no reviewed plan belongs to this commit",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_OUTDATED: {
		meaning: "the reviewed plan is the plan of an older commit of the pull request",
		fix: `Merge only after the plan of the last commit is on the pull request: require the check of the plan job. Now: ${review.toLowerCase()} ${approve}`,
		remedy: "config"
	},
	PLAN_RECORD_CHANGED: {
		meaning: "somebody edited the plan comment, or plan-approval-key has another value",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_KEY_CHANGED: {
		meaning: "the plan comment was signed with another kind of key: plan-approval-key was added or removed, or the state is lost",
		fix: `Set the same plan-approval-key in the plan job and in the apply job. ${approve}`,
		remedy: "config"
	},
	PLAN_RECORD_FOREIGN: {
		meaning: "the plan comment belongs to another repository, pull request, stack, directory or workspace",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_BEFORE_STATE: {
		meaning: "the plan was reviewed before a state existed, so no secret signs its record, and now a state exists",
		fix: `${approve} ${review} With plan-approval-key, records are signed before the first apply, too.`,
		remedy: "config"
	},
	APPLY_UNSIGNED: {
		meaning: "the first apply ended before it could sign the record of its plan with the new state",
		fix: `Read the plan, which has the remaining changes of that apply. ${approve}`,
		remedy: "config"
	},
	PLAN_FILE_UNREADABLE: {
		meaning: "the plan file cannot be read, perhaps because it is encrypted, so the state cannot sign the plan record",
		fix: "Set plan-approval-key, the same for plan and apply.",
		remedy: "config"
	},
	PLAN_FINGERPRINT_CHANGED: {
		meaning: "the plan has another fingerprint than the one in plan-approval",
		fix: `Read the plan of this run. ${approve} ${unstableValue}`,
		remedy: "config"
	},
	PLAN_WORKFLOW_FOREIGN: {
		meaning: "another workflow file made the reviewed plan",
		fix: "If one workflow file plans and another one applies, set the input plan-workflow of the apply to the file that plans.",
		remedy: "config"
	},
	APPLY_NOT_PERMITTED: {
		meaning: "the person who asked for an apply before the merge has no write access",
		fix: "Somebody with write access comments again.",
		remedy: "config"
	},
	APPLY_CODE_UNTRUSTED: {
		meaning: "an apply before the merge was asked for code of a fork or of Dependabot",
		fix: "Review the commits and push them to a branch of this repository, or merge the pull request: the merge applies it.",
		remedy: "config"
	},
	APPLY_NOT_OPEN: {
		meaning: "an apply before the merge was asked for a pull request that is not open any more",
		fix: "If it was merged, the run of its merge applies it. Otherwise reopen it and comment again.",
		remedy: "config"
	},
	APPLY_HEAD_MOVED: {
		meaning: "the checked-out commit is not the last commit of the pull request that is to be applied",
		fix: "Check out refs/pull/NUMBER/head as the recipe does. If somebody pushed in the meantime, have the new plan approved and comment again.",
		remedy: "config"
	},
	APPLY_BEHIND: {
		meaning: "the pull request that is to be applied does not contain the newest commit of its base branch",
		fix: "Update the branch. Have the new plan approved, and comment again.",
		remedy: "config"
	},
	APPLY_NOT_APPROVED: {
		meaning: "nobody else with write access approved the last commit of the pull request and its plan before the comment",
		fix: "Have the last commit approved after its plan is on the pull request, and comment again after that.",
		remedy: "config"
	},
	APPLY_NOT_MERGEABLE: {
		meaning: "the rules of the base branch do not allow the merge of the pull request that is to be applied",
		fix: "Do what GitHub requires above the merge button, such as a required check or a review of a code owner. Then comment again.",
		remedy: "config"
	},
	APPLY_OTHER_UNMERGED: {
		meaning: "another pull request is applied and not merged, so this apply would take its changes back",
		fix: "Merge the other pull request first, then update this branch, have the new plan approved and comment again.",
		remedy: "config"
	},
	IMAGE_OUTDATED: {
		meaning: "the source of the image was changed after the plan was reviewed; nothing was changed",
		fix: `${newImage} Or open a pull request, whose plan has an image of the current code.`,
		remedy: "config"
	},
	IMAGE_GONE: {
		meaning: "the registry does not have the reviewed image any more; nothing was changed",
		fix: `${newImage} Let the lifecycle rule of the repository keep the images that may still be deployed or rolled back to.`,
		remedy: "config"
	},
	IMAGE_UNRESOLVED: {
		meaning: "the registry does not have an image of the input reviewed-images, or does not let this job read it; nothing was changed",
		fix: "Push the image before this step, and give the job the right to read it: ecr:DescribeImages on a repository of Amazon ECR, or `docker login` for another registry.",
		remedy: "config"
	}
};
// src/approval/digest.ts
const maxReadableSetting = 200;
const digestLength = 8;
function digestOf({ settings, changes }, redact, detail) {
	return {
		settings: mapValues(settings, (value) => readableSetting(value, redact)),
		changes: detail === "nothing" ? void 0 : changes.map((change) => digestedChange(change, redact, detail))
	};
}
function readableSetting(value, redact) {
	const text = redact(value);
	return text.length <= maxReadableSetting ? text : `${text.slice(0, maxReadableSetting)}… (${digest$1(value)})`;
}
function digestedChange(change, redact, detail) {
	const { address, actions, notes, before, after } = change;
	const whole = hash("sha256", JSON.stringify(change), "base64url");
	const withoutValues = {
		address: redact(address),
		actions
	};
	if (detail !== "attributes") return {
		...withoutValues,
		digest: whole.slice(0, digestLength)
	};
	const [details, was, will] = [
		notes,
		before,
		after
	].map((values) => mapValues(values, placeholder));
	return {
		...withoutValues,
		digest: whole.slice(0, 16),
		values: {
			notes: details,
			before: was,
			after: will
		}
	};
}
function placeholder(value) {
	if (value === "?") return "?";
	return `${value.replace(/"(?:[^"\\]|\\.)*"/g, "").includes("?") ? "?" : ""}${digest$1(value)}`;
}
const nullDigest = digest$1("null");
function digest$1(text) {
	return hash("sha256", text, "base64url").slice(0, digestLength);
}
function mapValues(values, change) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
// src/terraform/tools.ts
const tools = {
	terraform: {
		title: toolTitles.terraform,
		command: "terraform",
		publisher: "HashiCorp",
		defaultVersion: "1.15.9",
		minVersionOnPath: "1.11.4",
		releasesUrl: "https://releases.hashicorp.com",
		indexPath: "terraform/index.json",
		publicIndexUrl: "https://releases.hashicorp.com/terraform/index.json",
		releaseFolder: (version) => `terraform/${version}`,
		signatureSuffixes: [".72D7468F.sig", ".sig"],
		signingKey: {
			fingerprint: "C874011F0AB405110D02105534365D9472D7468F",
			armored: `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINBGB9+xkBEACabYZOWKmgZsHTdRDiyPJxhbuUiKX65GUWkyRMJKi/1dviVxOX
PG6hBPtF48IFnVgxKpIb7G6NjBousAV+CuLlv5yqFKpOZEGC6sBV+Gx8Vu1CICpl
Zm+HpQPcIzwBpN+Ar4l/exCG/f/MZq/oxGgH+TyRF3XcYDjG8dbJCpHO5nQ5Cy9h
QIp3/Bh09kET6lk+4QlofNgHKVT2epV8iK1cXlbQe2tZtfCUtxk+pxvU0UHXp+AB
0xc3/gIhjZp/dePmCOyQyGPJbp5bpO4UeAJ6frqhexmNlaw9Z897ltZmRLGq1p4a
RnWL8FPkBz9SCSKXS8uNyV5oMNVn4G1obCkc106iWuKBTibffYQzq5TG8FYVJKrh
RwWB6piacEB8hl20IIWSxIM3J9tT7CPSnk5RYYCTRHgA5OOrqZhC7JefudrP8n+M
pxkDgNORDu7GCfAuisrf7dXYjLsxG4tu22DBJJC0c/IpRpXDnOuJN1Q5e/3VUKKW
mypNumuQpP5lc1ZFG64TRzb1HR6oIdHfbrVQfdiQXpvdcFx+Fl57WuUraXRV6qfb
4ZmKHX1JEwM/7tu21QE4F1dz0jroLSricZxfaCTHHWNfvGJoZ30/MZUrpSC0IfB3
iQutxbZrwIlTBt+fGLtm3vDtwMFNWM+Rb1lrOxEQd2eijdxhvBOHtlIcswARAQAB
tERIYXNoaUNvcnAgU2VjdXJpdHkgKGhhc2hpY29ycC5jb20vc2VjdXJpdHkpIDxz
ZWN1cml0eUBoYXNoaWNvcnAuY29tPokCVAQTAQoAPgIbAwULCQgHAgYVCgkICwIE
FgIDAQIeAQIXgBYhBMh0AR8KtAURDQIQVTQ2XZRy10aPBQJplkfQBQkQrOy3AAoJ
EDQ2XZRy10aPw6gP/3GUEMUa6mCRuuSOT9UnziPIvXYd63mcN6A6Jwmwj8JaB2qu
OCijvJkw56UbZK3x1FZIbe0hA6VUAwNSNmSIxVJkilgwIYYFO0tnL79XhIeP7jYF
ydXLZ4rTi1FDl8lltAujTNARdY8UGg4hGlcM9OrEeXEFLWugJNiChL15FVoxZqIS
jeduaEqyxGfJnyVwy8z3pZfgODeFr7xs2NkUIMSfuRg24VcL4aW8Frt3jW8P45y3
o/5fsi6Aw2tZ0wD9NSgkVc8VD1NRV9eSZ95Bv+Awf9IXa+Cn5OCjc8Jc+XF+nLfB
oPswOO7E8dLiuBUw6/GzSLMbVs8qf8BNXB92dOe1VccVTqjCxK2sEpVaHh7e+co8
d8lDGBIWMGh7NS6XlGORpFb/T6gxjjOYUV3SKd4QDebUUG8kMkb5juLljOoq+YOP
vgNLDZLZteFpmH+zB9DpOY1YtHZB/OD+DtzLMaSl6VPF2Ln0j5aQGwNDt7sheyAe
sXbu0qn2H5FxojSfvhT0kUDKZ0mgg5y3Oflg49MiAOhjLGY0JocFpBeMILw27fbw
fpIBP7siQWFTFJ1O+l2NQiWAwC2x5fX2EakyCBJmrkPV2hr4nEogNqg9/RDskIUq
cpcOOd/0BntiXMyUCCH2AoCt5acaTQ0WU6CAosZPojOYhtGGgOgeQSdflpMSuQIN
BGB9+xkBEACoklYsfvWRCjOwS8TOKBTfl8myuP9V9uBNbyHufzNETbhYeT33Cj0M
GCNd9GdoaknzBQLbQVSQogA+spqVvQPz1MND18GIdtmr0BXENiZE7SRvu76jNqLp
KxYALoK2Pc3yK0JGD30HcIIgx+lOofrVPA2dfVPTj1wXvm0rbSGA4Wd4Ng3d2AoR
G/wZDAQ7sdZi1A9hhfugTFZwfqR3XAYCk+PUeoFrkJ0O7wngaon+6x2GJVedVPOs
2x/XOR4l9ytFP3o+5ILhVnsK+ESVD9AQz2fhDEU6RhvzaqtHe+sQccR3oVLoGcat
ma5rbfzH0Fhj0JtkbP7WreQf9udYgXxVJKXLQFQgel34egEGG+NlbGSPG+qHOZtY
4uWdlDSvmo+1P95P4VG/EBteqyBbDDGDGiMs6lAMg2cULrwOsbxWjsWka8y2IN3z
1stlIJFvW2kggU+bKnQ+sNQnclq3wzCJjeDBfucR3a5WRojDtGoJP6Fc3luUtS7V
5TAdOx4dhaMFU9+01OoH8ZdTRiHZ1K7RFeAIslSyd4iA/xkhOhHq89F4ECQf3Bt4
ZhGsXDTaA/VgHmf3AULbrC94O7HNqOvTWzwGiWHLfcxXQsr+ijIEQvh6rHKmJK8R
9NMHqc3L18eMO6bqrzEHW0Xoiu9W8Yj+WuB3IKdhclT3w0pO4Pj8gQARAQABiQI8
BBgBCgAmAhsMFiEEyHQBHwq0BRENAhBVNDZdlHLXRo8FAmmWR+0FCRCs7NQACgkQ
NDZdlHLXRo/R0A//QW1opBlzWSmWww1q9QuJA2WCIIs8tJKRDOsmgJPscNpzwZFU
N1Df0wWNjqi1BDReei7lZTHwUk+ebBn0bkI3ANmmgYg7LBueAt5UWSingOc+rvKA
N32BDzBYkMckRzJSQsmeC5hm3J3wLSy90uaIlrJJE9GJZkf/W2Ob+4SQZZ+dnnRP
JokDdW1DuZS9PbxSLJKD5eIWHBxJnFM1CmHfOfrjTJ+MYvVGM5sxSY8R7E+GADj5
L/i4N+tTFJLuTMYARGfA6d+KPKcMJtgpUPjSMAg8nGUhukctpuBs27mOKW0CBtmJ
82X/qYROTL0+vGTvUYflYiuceVlhX/kw0JZnMaG5V/mpHq8SwD07pCGOf69j/mNa
5EL3++Pmzg0s0stw3Ea5pCN0cL/nKkoWchHBfW15W4JOnKAIspyD1vH670P4WfeV
E9B9d6tgKSbM/9JlXoQS5ZdG+kbdosieELhmVWmvojyK7K+Ry6C9wgd+UfnW5jXd
iNwKW3KHuautQwlFhHRNMyDg08c+pI5emTMT3IUQyGWo+Gska3TqGujFcABx7Ip+
mHNmMrCkSD+XC2bvzvRR7FcM0/B9fsjLX/Wttm5vRJ1d2oAoEPvw2IZnJIXpOt2z
zo55sJTztNu4lWGgDVgtp9SXO5a0E5YvFHQNZN5QLeVTTFu6I7qG+ME1E/K5Ag0E
YH3+JQEQALivllTjMolxUW2OxrXb+a2Pt6vjCBsiJzrUj0Pa63U+lT9jldbCCfgP
wDpcDuO1O05Q8k1MoYZ6HddjWnqKG7S3eqkV5c3ct3amAXp513QDKZUfIDylOmhU
qvxjEgvGjdRjz6kECFGYr6Vnj/p6AwWv4/FBRFlrq7cnQgPynbIH4hrWvewp3Tqw
GVgqm5RRofuAugi8iZQVlAiQZJo88yaztAQ/7VsXBiHTn61ugQ8bKdAsr8w/ZZU5
HScHLqRolcYg0cKN91c0EbJq9k1LUC//CakPB9mhi5+aUVUGusIM8ECShUEgSTCi
KQiJUPZ2CFbbPE9L5o9xoPCxjXoX+r7L/WyoCPTeoS3YRUMEnWKvc42Yxz3meRb+
BmaqgbheNmzOah5nMwPupJYmHrjWPkX7oyyHxLSFw4dtoP2j6Z7GdRXKa2dUYdk2
x3JYKocrDoPHh3Q0TAZujtpdjFi1BS8pbxYFb3hHmGSdvz7T7KcqP7ChC7k2RAKO
GiG7QQe4NX3sSMgweYpl4OwvQOn73t5CVWYp/gIBNZGsU3Pto8g27vHeWyH9mKr4
cSepDhw+/X8FGRNdxNfpLKm7Vc0Sm9Sof8TRFrBTqX+vIQupYHRi5QQCuYaV6OVr
ITeegNK3So4m39d6ajCR9QxRbmjnx9UcnSYYDmIB6fpBuwT0ogNtABEBAAGJBHIE
GAEKACYCGwIWIQTIdAEfCrQFEQ0CEFU0Nl2UctdGjwUCYH4bgAUJAeFQ2wJAwXQg
BBkBCgAdFiEEs2y6kaLAcwxDX8KAsLRBCXaFtnYFAmB9/iUACgkQsLRBCXaFtnYX
BhAAlxejyFXoQwyGo9U+2g9N6LUb/tNtH29RHYxy4A3/ZUY7d/FMkArmh4+dfjf0
p9MJz98Zkps20kaYP+2YzYmaizO6OA6RIddcEXQDRCPHmLts3097mJ/skx9qLAf6
rh9J7jWeSqWO6VW6Mlx8j9m7sm3Ae1OsjOx/m7lGZOhY4UYfY627+Jf7WQ5103Qs
lgQ09es/vhTCx0g34SYEmMW15Tc3eCjQ21b1MeJD/V26npeakV8iCZ1kHZHawPq/
aCCuYEcCeQOOteTWvl7HXaHMhHIx7jjOd8XX9V+UxsGz2WCIxX/j7EEEc7CAxwAN
nWp9jXeLfxYfjrUB7XQZsGCd4EHHzUyCf7iRJL7OJ3tz5Z+rOlNjSgci+ycHEccL
YeFAEV+Fz+sj7q4cFAferkr7imY1XEI0Ji5P8p/uRYw/n8uUf7LrLw5TzHmZsTSC
UaiL4llRzkDC6cVhYfqQWUXDd/r385OkE4oalNNE+n+txNRx92rpvXWZ5qFYfv7E
95fltvpXc0iOugPMzyof3lwo3Xi4WZKc1CC/jEviKTQhfn3WZukuF5lbz3V1PQfI
xFsYe9WYQmp25XGgezjXzp89C/OIcYsVB1KJAKihgbYdHyUN4fRCmOszmOUwEAKR
3k5j4X8V5bk08sA69NVXPn2ofxyk3YYOMYWW8ouObnXoS8QJEDQ2XZRy10aPMpsQ
AIbwX21erVqUDMPn1uONP6o4NBEq4MwG7d+fT85rc1U0RfeKBwjucAE/iStZDQoM
ZKWvGhFR+uoyg1LrXNKuSPB82unh2bpvj4zEnJsJadiwtShTKDsikhrfFEK3aCK8
Zuhpiu3jxMFDhpFzlxsSwaCcGJqcdwGhWUx0ZAVD2X71UCFoOXPjF9fNnpy80YNp
flPjj2RnOZbJyBIM0sWIVMd8F44qkTASf8K5Qb47WFN5tSpePq7OCm7s8u+lYZGK
wR18K7VliundR+5a8XAOyUXOL5UsDaQCK4Lj4lRaeFXunXl3DJ4E+7BKzZhReJL6
EugV5eaGonA52TWtFdB8p+79wPUeI3KcdPmQ9Ll5Zi/jBemY4bzasmgKzNeMtwWP
fk6WgrvBwptqohw71HDymGxFUnUP7XYYjic2sVKhv9AevMGycVgwWBiWroDCQ9Ja
btKfxHhI2p+g+rcywmBobWJbZsujTNjhtme+kNn1mhJsD3bKPjKQfAxaTskBLb0V
wgV21891TS1Dq9kdPLwoS4XNpYg2LLB4p9hmeG3fu9+OmqwY5oKXsHiWc43dei9Y
yxZ1AAUOIaIdPkq+YG/PhlGE4YcQZ4RPpltAr0HfGgZhmXWigbGS+66pUj+Ojysc
j0K5tCVxVu0fhhFpOlHv0LWaxCbnkgkQH9jfMEJkAWMOuQINBGCAXCYBEADW6RNr
ZVGNXvHVBqSiOWaxl1XOiEoiHPt50Aijt25yXbG+0kHIFSoR+1g6Lh20JTCChgfQ
kGGjzQvEuG1HTw07YhsvLc0pkjNMfu6gJqFox/ogc53mz69OxXauzUQ/TZ27GDVp
UBu+EhDKt1s3OtA6Bjz/csop/Um7gT0+ivHyvJ/jGdnPEZv8tNuSE/Uo+hn/Q9hg
8SbveZzo3C+U4KcabCESEFl8Gq6aRi9vAfa65oxD5jKaIz7cy+pwb0lizqlW7H9t
Qlr3dBfdIcdzgR55hTFC5/XrcwJ6/nHVH/xGskEasnfCQX8RYKMuy0UADJy72TkZ
bYaCx+XXIcVB8GTOmJVoAhrTSSVLAZspfCnjwnSxisDn3ZzsYrq3cV6sU8b+QlIX
7VAjurE+5cZiVlaxgCjyhKqlGgmonnReWOBacCgL/UvuwMmMp5TTLmiLXLT7uxeG
ojEyoCk4sMrqrU1jevHyGlDJH9Taux15GILDwnYFfAvPF9WCid4UZ4Ouwjcaxfys
3LxNiZIlUsXNKwS3mhiMRL4TRsbs4k4QE+LIMOsauIvcvm8/frydvQ/kUwIhVTH8
0XGOH909bYtJvY3fudK7ShIwm7ZFTduBJUG473E/Fn3VkhTmBX6+PjOC50HR/Hyb
waRCzfDruMe3TAcE/tSP5CUOb9C7+P+hPzQcDwARAQABiQRyBBgBCgAmAhsCFiEE
yHQBHwq0BRENAhBVNDZdlHLXRo8FAmmWSAoFCRCqi+QCQMF0IAQZAQoAHRYhBDdO
x1tIWRNgSoMcx8ggxtXNJ6uHBQJggFwmAAoJEMggxtXNJ6uHRfAP/2CGdSyg0K7U
66Vygl0dugxrMm8O3/Oe211BKdQsFUSWAznOTRTK/zvMUHO4LJAlYvdtZ6xDa4XH
l9FYQ8MR9ZV0OuOlAZvU4IJDLPVCU09X/UzX/GEoZL0R5esvwPAXopMaRHCfXJeI
/gEaB94UhAeYlwpcRn0eSuk1vyZx7GRE6/hog8DCf4hoT40dW20gGe58xcvJ+mRY
lC0lr16WH08wuUcee6+dgu+4Cg6SG6+zt9cMyl8VnTUL5BK/V3MebnYZJK0RFDNn
nXDhzStgOd5gOeIL+xBPXHd0/ld/rDM74SFExpuS+hNsyo+xMQ/HJavak21MFinu
l9COwfGEmlAXTGMY30Lf3Pt/eAkbwgmGc966VSoRmOFEXJVlDr+yJR6ru+7j50z8
lAv6Lsop7sun1Qysbo0swf6W1qgPf6VWbx91NTFLkw0+gD8jxwrU5ZMkeSuntX9d
pjuZS29CflXXIRPlvhuiDPicwTpYuIUx37vHveAH5gnowZg247x780Urrsx8duTX
8CI9MAnqzm4dFAiRlwE8bvLk+l9wekiXA9gIMZiVNqNlduXIqvAG21Wdgq8qyeXK
y/XWCVKDQOmEbFAltfNam8E3KEw0fl199x+93d5ckDGcPzUYPbNkCuIwngC/ZN96
pDafF3Z12fSNfhZUe0C8td8KAszYa96GCRA0Nl2UctdGj1gKD/4jOGhEGTg88Vyu
PVjeK+zkwrTIZSvHdUHfTt/+rTLSNb/RQiBCUQuEZvafj6FrntS7bAEhccGqH894
T3St5K0AXWkvsLd6K+cbIQdlnFA2zb6geJUCk6qx5NgWpRc3i0DS7CheGwl+Bwu7
+n9pNjNjiHV+rYDgqbQXG0dtGysB0/3qIRgEDHFO0HJu/dcte4oXrQIqrZrpOwe8
WxqFqdU918JpSUcc8coiFp9YtwpgqQNxGVZ+rhgnTGdZzk1f/Yhhimh+2B0ReaFv
k3UzVBj3HQ9C6+Ot3MyDEhSgdhjr9e25Tm9S5YfhwtWmghRw9RKPyLMSXSxm/Uc0
mK1NucAp8TQBwKqKzNpCk5IdrBSWRUbjOoOFyzyCsY6gS285GCpSIzI39hTf+3gd
wYPlE6fj+F2TZzdhx62DPnzBzBHnByYTVdJ649bx0FFp4Q+5TbIWtxu/AQkRDxmW
NQfE+6GgeshlrhXWsh6+PGDzt+2raG6zUT913sdz7Ctw4fLjmsKOTdTz3Xa9pr8l
xfI/JuukSgt9o/n3GirhTB3zE1w/I/Xt6k7oASiP3zQSuHtB/CYKYHDtOCWwjo7J
PEGtb/FkreKNxsk/p20jnlrB8WZxxswdr2Vri9NmFeyMDVX7qF3WqT+8aCV9GtS1
GCHx/5nGBdDwoxEsXqpI3IUqPb6FDg==
=wtp+
-----END PGP PUBLIC KEY BLOCK-----`
		},
		readVersionFile: ".terraform-version",
		toolVersionsKey: "terraform",
		extensions: [".tf"],
		wrapper: {
			variable: "TERRAFORM_CLI_PATH",
			binary: "terraform-bin"
		}
	},
	tofu: {
		title: toolTitles.tofu,
		command: "tofu",
		publisher: "OpenTofu",
		defaultVersion: "1.12.6",
		minVersionOnPath: "1.12.6",
		releasesUrl: "https://github.com/opentofu/opentofu/releases/download",
		indexPath: "api.json",
		publicIndexUrl: "https://get.opentofu.org/tofu/api.json",
		releaseFolder: (version) => `v${version}`,
		signatureSuffixes: [".gpgsig"],
		signingKey: {
			fingerprint: "E3E6E43D84CB852EADB0051D0C0AF313E5FD9F80",
			armored: `-----BEGIN PGP PUBLIC KEY BLOCK-----

xsFNBGVUyIwBEADPg6jUJm5liMTiDndyprnwXQ23GdyQm/kW9MFOhYDRksmmbsz0
DCfqntFpuoKxPXzA+JTrZlWZONtU+leZjIOlAVZiz0rwz5EJq7uIrkueWtUk6AYk
BLN+zMtbui0z3HCPVNnR5BlVNyXQeW3jlrQtzuKevjZWzI0gbQGgEKNpj+lfyRFu
6q3u/T0o3p/6bOOlQHwCMtnFlWpjr6f/J2EdUVO/6NYHQzImPj4LINXF/+eqo7v6
svFtaVTtREG2V2V7We7bu/cJ+NgJYH7ro7UhB1RQH2k09NdpSCt9F60PVERnORpx
GBkM/VKZzgMSzRvdpxUWwrLxfAxinu5ddbBm3y0bzaU80OT3i1qrWIqW73fmdGHQ
71gbJxRrroyLMWehjcJ/9WJDxkHqsfPKqBifYsp6/J9npczDfSU+zYBVGpR73a4E
dbeIRWqwbH0LWhlbi1IM5aFDaZMFNkY+AWyP+OHn8Kehu6DOIh1AVM7v7vLxaX9h
t1jVJbswjvPFYquv1DvUdc7VP2QHz3xctQS1GZJQ1ekcgTv9rRYXUOOwknInjtkM
9kQDtyBkVLcEc8ha3Cfh6PJscIP5VHwaNMgAPr9tsl3xqdz56l5UPjFSFuel98jS
Bqn83VrT0uKwM0PnDVHd/7q8+Dg1EtOggMwZ830KORFNdjfv6ydsBvl7fwARAQAB
zUpPcGVuVG9mdSAoVGhpcyBrZXkgaXMgdXNlZCB0byBzaWduIG9wZW50b2Z1IHBy
b3ZpZGVycykgPGNvcmVAb3BlbnRvZnUub3JnPsLBjAQTAQgAQQUCZVTIjAkQDArz
E+X9n4AWIQTj5uQ9hMuFLq2wBR0MCvMT5f2fgAIbAwIeAQIZAQMLCQcCFQgDFgAC
BScJAgcCAABwAg/1HZnTvPHZDWf5OluYOaQ7ADX/oyjUO85VNUmKhmBZkLr5mTqr
LO72k9fg+101hbggbhtK431z3Ca6ZqDAG/3DBi0BC1ag0rw83TEApkPGYnfX1DWS
1ZvyH1PkV0aqCkXAtMrte2PlUiieaKAsiYOIXqfZwszd07gch14wxMOw1B6Au/Xz
Nrv2omnWSgGIyR6WOsG4QQ8R5AMVz3K8Ftzl6520wBgtr3osA3uM/xconnGVukMn
9NLQqKx5oeaJwONZpyZL5bg2ke9MVZM2+bG30UGZKoxrzOtQ//OTOYlhPCqm1ffR
hYrUytwsWzDnJvXJF1QhnDu8whP3tSrcHyKxYZ9xUNzeu2AmjYfvkKHSdK2DFmOf
DafaRs3c1VYnC7J7aRi6kVF/t+vWeOEVpPylyK7vSbPFc6XVoQrsE07hbN/BjWjm
s8voK5U6oJRgEugXtSQKFypfOq8R99nXwbMHdhqY8aGyOCj++cuvRCUBDZAQqPEW
AuD0X7+9Trnfin47MK+n18wsTAL4w6PJhtCrwK4e0cVuQ5u4M/PMid5W6hEA27PX
x506Jpe8iRmcIP/cCR6pvhgOUMC36bIkAqZ5dJ545kDQju0lf8gLdVIQpig45udn
ZM2KgyApGqhsS7yCUrbLDrtNmQ31TSYdKc8IU+/jXkfy2RYbZ+wNgfloKM7BTQRl
VMiMARAAwRZUyMIc5TNbcFg3WGKxhaNC9hDZ4zBfXlb5jONzZOx3rDi2lD4UQOH+
NpG7CF98co//kryS/4AsDdp2jzhh+VMgyx6KJIhSkBP6kqhriy9eWRmgfrnLbUf4
6kkTkzLVkjYnMNeyHt+mi9I7EKtsDuF/EvjlwF5E81+DEOteCO/un/Qt1q3e1Slf
vTpLkPvr1FiQ3VqzaBeBBI3MAMb/ycwL6hQE1l4Lg34T43Zu+9zkE1uzvjeNIlIW
ucjB4q1htEjJl2CLAv+8cGHdmCcV2ZO3WM8M9Omq1CE7jhak4NE/YuGylJYCBd+B
S7tuDPDu6+o4Nx+axxcwMvgyfr07FteEr1Lopaw2ci8b/xzQie/gkI0CByQMwD5V
gnJpiMBnjP4d6UF6HEVldCQ7a3T1T80bKj5JjtFbR9P85Qntuheqn3Pge89YexMc
E/00VA3blrj+GeYpO9ZGFu7DR/x4sjnTEhfjXEoLv1C4AdgGHCIjW9wU6HkcWnla
X7akKlwIWEUP/BFLkcWPpmUrtClhWx9wq1GHFvKAN/qp//VWnv4IfRU6RjmVPOWB
efvTu/cpsfBHLyp15goOYPboahIdTUTNQIXh4Vid7E1NoKnWZUMu50n3/zAbjSds
mNmifi4g01MYJ3TVoU2Q01P7NiD3IRmaw72nLmf9cM9/7QMdGn0AEQEAAcLBdgQY
AQgAKgUCZVTIjAkQDArzE+X9n4AWIQTj5uQ9hMuFLq2wBR0MCvMT5f2fgAIbDAAA
SUoP/2ExsUoGbxjuZ76QUnYtfzDoz+o218UWd3gZCsBQ6/hGam5kMq+EUEabF3lV
7QLDyn/1v5sqrkmYg0u5cfjtY3oimCPvr6E0WTuqMIwYl0fdlkmdNttDpMqvCazq
bzLK5dDVWbh/EYTiEN1xKXM6rlAquYv8I16uWL8QHanMb6yexNmDYhC4fXWqCi+s
5sXxWrPrd+fGz8CR/fEYahPXj8uY6dwN9DlWyek9QtKW2PsqrkBn5vCOm2IyZW6d
t/Kn70tYtxMxJND2otk47mpG/Fv3sYK2bTGJ+k/5+E5IrjWqIX2lVB3G1+TCoZ5s
cc16zls32mOlRh81fTAqcwkDFxICxcOeNHGLt3N+UvoPSUafYKD96rn5mWFao4xb
cFniaYv2PdqH8HDjvXZXqHypRMXvYMbXXOgydLL+tSUSBpMTd4afjq8x2gNSWOEL
I1jT5FWbKTKan0ycKi37bSqGHhDjlg4HRGvC3IK0EuVjdX3r+8uIVgFbqLwNhXk4
GAIL03vl689TQ7/oPW75XCQIevFai0kcJPl6qIRvi9/S/v5EPRy9UDCGY/MPmc5f
H1an0ebU4I4TlYfBoEUkYYqBDxvxWW0I/Q01rDebcd6mrGw8lW1EiNZlClLwx9Bv
/+MNnIT9m1f8KeqmweoAgbIQRUI7EkJSzxYN4DNuy2XoKmF9
=VhyH
-----END PGP PUBLIC KEY BLOCK-----`
		},
		readVersionFile: ".opentofu-version",
		toolVersionsKey: "opentofu",
		extensions: [".tofu", ".tf"],
		wrapper: {
			variable: "TOFU_CLI_PATH",
			binary: "tofu-bin"
		}
	}
};
function releasePlatform(system, architecture) {
	return `${{
		win32: "windows",
		sunos: "solaris"
	}[system] ?? system}_${{
		x64: "amd64",
		ia32: "386"
	}[architecture] ?? architecture}`;
}
// src/approval/life.ts
const reviewed = { stage: "reviewed" };
function applying(life, commit, { run, attempt }) {
	if (life.stage === "applied" && life.commit === commit) return life;
	return {
		stage: "applying",
		commit,
		run,
		attempt
	};
}
function applied(commit, tainted) {
	return {
		stage: "applied",
		commit,
		tainted: [...new Set(tainted)]
	};
}
function readLife(value) {
	const { stage, commit, run, attempt, tainted } = asObject(value);
	if (stage === "reviewed") return reviewed;
	if (typeof commit !== "string") return void 0;
	if (stage === "applying" && typeof run === "number" && typeof attempt === "number") return {
		stage,
		commit,
		run,
		attempt
	};
	const isList = Array.isArray(tainted) && tainted.every((each) => typeof each === "string");
	return stage === "applied" && isList ? {
		stage,
		commit,
		tainted
	} : void 0;
}
// src/approval/images.ts
function decideImage(facts) {
	const { reviewed, isRequired } = facts;
	if (reviewed === void 0) return { use: "input" };
	const refusal = whyUnusable(facts, reviewed);
	if (refusal === void 0) return {
		use: "review",
		image: reviewed
	};
	if (!isRequired) return {
		use: "input",
		why: refusal.sentence
	};
	const { code, sentence } = refusal;
	return {
		use: "none",
		failure: {
			code,
			sentence,
			fix: approvalCodes[code].fix,
			remedy: approvalCodes[code].remedy
		}
	};
}
function whyUnusable({ variable, tree, isInRegistry }, { reference, context, tree: reviewedTree }) {
	if (context !== void 0 && tree !== reviewedTree) {
		const place = context === "." ? "The repository" : `${context}/`;
		const now = tree === void 0 ? "it does not exist any more" : `its tree is ${shortHash(tree)}`;
		return {
			code: "IMAGE_OUTDATED",
			sentence: `${place} changed after the review: the image for the variable ${variable} was built from tree ${shortHash(reviewedTree ?? "")}, and now ${now}.`
		};
	}
	if (isInRegistry !== false) return void 0;
	return {
		code: "IMAGE_GONE",
		sentence: `The registry does not have the reviewed image of the variable ${variable} any more: ${reference}.`
	};
}
function shortHash(hash) {
	return hash.slice(0, 12);
}
function readImages(value) {
	if (value === void 0) return [];
	if (!Array.isArray(value)) return void 0;
	const images = value.filter(isObject).flatMap((each) => {
		const [variable, reference] = [asText(each.variable), asText(each.reference)];
		const [context, tree] = [asText(each.context), asText(each.tree)];
		if (variable === void 0 || reference === void 0 || context === void 0 !== (tree === void 0)) return [];
		return [{
			variable,
			reference,
			...context !== void 0 && tree !== void 0 && {
				context,
				tree
			}
		}];
	});
	return images.length === value.length ? images : void 0;
}
// src/approval/record.ts
const linePattern = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/;
const maxRecordBytes = 4194304;
function signatureMode({ mode, signedWith }) {
	return signedWith ?? mode;
}
function recordLine(body, { record, signer }) {
	const text = encode(record);
	return `<!-- terraform-mcp-deploy plan ${text}.${signer.sign(signedText(text, body))} -->`;
}
function recordLength(record) {
	return encode(record).length + 100;
}
function readRecord(body, signerOf) {
	const [first = "", second = "", ...rest] = body.split("\n");
	const [, text = "", signature = ""] = linePattern.exec(second) ?? [];
	const decoded = decode(text);
	if (decoded === void 0) return void 0;
	const { record, version } = decoded;
	const visible = [first, ...rest].join("\n");
	const covered = version === 1 ? signedTextOfVersion1(text, visible) : signedText(text, visible);
	return {
		record,
		intact: signerOf(record)?.sign(covered) === signature
	};
}
function readSettings(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.record.outline.settings;
}
function readStage(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.record.life.stage;
}
function signedText(text, body) {
	return `${text}\n${body.normalize("NFC").split(/\r\n|\r|\n/).map((line) => line.replace(/\p{Cc}/gu, "").trimEnd()).join("\n")}`.trimEnd();
}
function signedTextOfVersion1(text, body) {
	return `${text}\n${body.normalize("NFC").replace(/[\s\p{C}]+/gu, "")}`;
}
const encodedRecords = new WeakMap();
function encode(record) {
	const known = encodedRecords.get(record);
	if (known !== void 0) return known;
	const text = deflateRawSync(JSON.stringify(record), { level: 9 }).toString("base64url");
	encodedRecords.set(record, text);
	return text;
}
function decode(text) {
	try {
		const json = inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: maxRecordBytes }).toString();
		return readVersion(JSON.parse(json));
	} catch {
		return;
	}
}
function readVersion(value) {
	const { applied: _, version, ...fields } = asObject(value);
	const outline = asObject(fields.outline);
	if (!isObject(fields.binding) || !isObject(outline.settings)) return void 0;
	const life = version === 1 ? reviewed : readLife(fields.life);
	if (version !== 1 && version !== 2 || life === void 0 || readImages(fields.images) === void 0) return void 0;
	return {
		record: {
			...fields,
			version: 2,
			life
		},
		version
	};
}
// src/child.ts
const actionVariables = /^(INPUT_|STATE_|ACTIONS_RUNTIME_|ACTIONS_RESULTS_URL$|ACTIONS_CACHE_URL$|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/;
const harmlessVariables = new RegExp(`^(${[
	...[
		"PATH",
		"HOME",
		"USER",
		"LOGNAME",
		"SHELL",
		"LANG",
		"LANGUAGE",
		"LC_\\w+",
		"TZ",
		"TERM",
		"TMPDIR",
		"TEMP",
		"TMP"
	],
	...[
		"HTTPS?_PROXY",
		"NO_PROXY",
		"ALL_PROXY",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR",
		"CI",
		"GITHUB_ACTIONS"
	],
	...[
		"SYSTEMROOT",
		"SYSTEMDRIVE",
		"WINDIR",
		"COMSPEC",
		"PATHEXT",
		"USERPROFILE",
		"USERNAME",
		"HOMEDRIVE",
		"HOMEPATH"
	],
	...[
		"APPDATA",
		"LOCALAPPDATA",
		"PROGRAMDATA",
		"PROGRAMFILES(\\(X86\\))?",
		"PROCESSOR_\\w+",
		"NUMBER_OF_PROCESSORS"
	]
].join("|")})$`, "i");
function childEnvironment(env, isTrusted, more = {}) {
	const passed = Object.entries(env).filter((entry) => {
		const [name, value] = entry;
		if (value === void 0) return false;
		return isTrusted ? !isActionVariable(name) : harmlessVariables.test(name);
	});
	return {
		...Object.fromEntries(passed),
		...more
	};
}
function isActionVariable(name) {
	return actionVariables.test(process.platform === "win32" ? name.toUpperCase() : name);
}
function startDetached(binary, args, { cwd, env, output, errors }) {
	return spawn(binary, args, {
		cwd,
		env,
		detached: true,
		windowsHide: true,
		stdio: [
			"ignore",
			output,
			errors
		]
	});
}
const defaultTimeoutMs = 12e4;
const defaultOutputUnits = 67108864;
async function query(binary, args, { cwd, env, timeoutMs = defaultTimeoutMs, killSignal = "SIGKILL", maxOutputUnits = defaultOutputUnits, input = "" }) {
	const options = {
		cwd,
		env,
		timeout: timeoutMs,
		killSignal,
		maxBuffer: maxOutputUnits,
		windowsHide: true
	};
	const { promise, resolve, reject } = Promise.withResolvers();
	const child = execFile(binary, args, options, (error, stdout, stderr) => {
		if (error === null) return resolve({
			exitCode: 0,
			stdout,
			stderr
		});
		if (typeof error.code === "number") return resolve({
			exitCode: error.code,
			stdout,
			stderr
		});
		if (error.killed && String(error.code) !== "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return reject(new Error(`it did not end within ${timeoutMs / 1e3} s`));
		reject(error.signal ? new Error(`it was killed by ${error.signal}`) : error);
	});
	child.stdin?.on("error", () => {});
	child.stdin?.end(input);
	return await promise;
}
function findProgram(name, env, avoided) {
	const file = process.platform === "win32" ? `${name}.exe` : name;
	return (env.PATH ?? "").split(delimiter).map((entry) => entry.replace(/^"(.*)"$/, "$1")).filter((entry) => isAbsolute(entry) && (avoided === void 0 || !isIn(entry, avoided))).map((entry) => join(entry, file)).find((path) => isProgram(path) && (avoided === void 0 || !isIn(path, avoided)));
}
function isIn(path, directory) {
	const between = relative(realPath(directory), realPath(path));
	return between === "" || between !== ".." && !/^\.\.[/\\]/.test(between) && !isAbsolute(between);
}
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		const parent = dirname(path);
		return parent === path ? path : join(realPath(parent), basename(path));
	}
}
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
// src/gate/parameter-headers.ts
const ANNOTATION = "x-mcp-header";
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_TYPES = [
	"string",
	"integer",
	"boolean"
];
const SCHEMA_KEYWORDS = [...[
	"items",
	"prefixItems",
	"contains",
	"additionalProperties",
	"unevaluatedProperties",
	"unevaluatedItems"
], ...[
	"propertyNames",
	"oneOf",
	"anyOf",
	"allOf",
	"not",
	"if",
	"then",
	"else"
]];
const NAMED_SCHEMA_KEYWORDS = [
	"patternProperties",
	"dependentSchemas",
	"$defs",
	"definitions"
];
const MAX_DEPTH$1 = 200;
function findHeaderFault(inputSchema) {
	const fault = readHeaders(inputSchema);
	return typeof fault === "string" ? fault : void 0;
}
function readHeaders(inputSchema) {
	const headers = [];
	const visit = (schema, path, isArgument, depth) => {
		if (typeof schema !== "object" || schema === null) return void 0;
		if (depth > MAX_DEPTH$1) return "the schema is nested too deep";
		const members = schema;
		const fault = ANNOTATION in members ? readAnnotation(members, path, isArgument, headers) : void 0;
		if (fault !== void 0) return fault;
		const inside = (value, name, isNextArgument) => visit(value, [...path, name], isNextArgument, depth + 1);
		const { properties } = members;
		if (typeof properties === "object" && properties !== null) for (const [name, value] of Object.entries(properties)) {
			const found = inside(value, name, isArgument);
			if (found !== void 0) return found;
		}
		const others = [...SCHEMA_KEYWORDS.flatMap((keyword) => members[keyword] ?? []), ...NAMED_SCHEMA_KEYWORDS.flatMap((keyword) => schemasByName(members[keyword]))];
		for (const value of others) {
			const found = inside(value, "…", false);
			if (found !== void 0) return found;
		}
	};
	return visit(inputSchema, [], true, 0) ?? headers;
}
function schemasByName(value) {
	if (Array.isArray(value)) return value;
	return isObject(value) ? Object.values(value) : [];
}
function readAnnotation(schema, path, isArgument, headers) {
	const at = path.length === 0 ? "the schema itself" : path.join(".");
	const name = schema[ANNOTATION];
	if (!isArgument || path.length === 0) return `${at} is not an argument that only "properties" lead to`;
	if (typeof name !== "string" || !FIELD_NAME.test(name)) return `${at} names no valid HTTP header`;
	if (!HEADER_TYPES.includes(schema.type)) return `${at} is not a string, an integer or a boolean`;
	if (headers.some((header) => header.name.toLowerCase() === name.toLowerCase())) return `${name} is named twice`;
	headers.push({
		path,
		name
	});
}
// node_modules/eventsource-parser/dist/errors.js
var ParseError = class extends Error {
	constructor(message, options) {
		super(message);
		this.name = "ParseError";
		this.type = options.type;
		this.field = options.field;
		this.value = options.value;
		this.line = options.line;
	}
};
// node_modules/eventsource-parser/dist/parse.js
const LF = 10;
const CR = 13;
const SPACE = 32;
const MAX_FIELD_PREFIX_LENGTH = 6;
function createParser(config) {
	if (typeof config === "function") throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");
	const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;
	const pendingFragments = [];
	let pendingFragmentsLength = 0;
	let bomPrefix = "";
	let id;
	let data = "";
	let dataLines = 0;
	let eventType;
	let terminated = false;
	let skippingLine = false;
	let skipNextLineFeed = false;
	function feed(chunk) {
		if (terminated) throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");
		if (bomPrefix !== void 0) {
			chunk = bomPrefix + chunk;
			if (chunk === "" || chunk === "ï" || chunk === "ï»") {
				bomPrefix = chunk;
				return;
			}
			bomPrefix = void 0;
			chunk = chunk.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, "");
		}
		if (skippingLine || skipNextLineFeed) {
			chunk = resumeAfterSkip(chunk);
			if (!chunk) return;
		}
		if (!pendingFragments.length) {
			const trailing = processLines(chunk);
			if (trailing !== "") storeTrailing(trailing);
			checkForBufferOverflow();
			return;
		}
		if (chunk.indexOf("\n") === -1 && chunk.indexOf("\r") === -1) {
			if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {
				if (!shouldBufferTrailing(pendingFragments.join("") + chunk.slice(0, MAX_FIELD_PREFIX_LENGTH - pendingFragmentsLength))) {
					pendingFragments.length = 0;
					pendingFragmentsLength = 0;
					skippingLine = true;
					return;
				}
			}
			pendingFragments.push(chunk);
			pendingFragmentsLength += chunk.length;
			checkForBufferOverflow();
			return;
		}
		pendingFragments.push(chunk);
		const input = pendingFragments.join("");
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		storeTrailing(processLines(input));
		checkForBufferOverflow();
	}
	function resumeAfterSkip(chunk) {
		if (chunk.length === 0) return chunk;
		if (skipNextLineFeed) {
			skipNextLineFeed = false;
			return chunk.charCodeAt(0) === LF ? chunk.slice(1) : chunk;
		}
		const crIndex = chunk.indexOf("\r");
		const lfIndex = chunk.indexOf("\n");
		const lineEnd = crIndex === -1 ? lfIndex : lfIndex === -1 ? crIndex : crIndex < lfIndex ? crIndex : lfIndex;
		if (lineEnd === -1) return "";
		if (lineEnd === chunk.length - 1 && chunk.charCodeAt(lineEnd) === CR) {
			skippingLine = false;
			skipNextLineFeed = true;
			return "";
		}
		skippingLine = false;
		return chunk.slice(lineEnd + (chunk.charCodeAt(lineEnd) === CR && chunk.charCodeAt(lineEnd + 1) === LF ? 2 : 1));
	}
	function storeTrailing(trailing) {
		if (!trailing) return;
		if (trailing.charCodeAt(trailing.length - 1) === CR) {
			parseLine(trailing, 0, trailing.length - 1);
			if (checkForBufferOverflow()) return;
			skipNextLineFeed = true;
			return;
		}
		if (shouldBufferTrailing(trailing)) {
			pendingFragments.push(trailing);
			pendingFragmentsLength = trailing.length;
			return;
		}
		skippingLine = true;
	}
	function shouldBufferTrailing(trailing) {
		const firstCharCode = trailing.charCodeAt(0);
		return firstCharCode === 58 && !!onComment || firstCharCode === 100 && isPotentialField(trailing, "data") || firstCharCode === 101 && isPotentialField(trailing, "event") || firstCharCode === 105 && isPotentialField(trailing, "id") || firstCharCode === 114 && isPotentialField(trailing, "retry");
	}
	function checkForBufferOverflow() {
		if (terminated) return true;
		if (maxBufferSize === void 0) return false;
		if (pendingFragmentsLength + data.length <= maxBufferSize) return false;
		terminated = true;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		skippingLine = false;
		skipNextLineFeed = false;
		onError === null || onError === void 0 || onError(new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, { type: "max-buffer-size-exceeded" }));
		return true;
	}
	function processLines(chunk) {
		let searchIndex = 0;
		if (chunk.indexOf("\r") === -1) {
			let lfIndex = chunk.indexOf("\n", searchIndex);
			while (lfIndex !== -1) {
				if (searchIndex === lfIndex) {
					if (id !== void 0) onId === null || onId === void 0 || onId(id);
					if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
						id,
						event: eventType,
						data
					});
					id = void 0;
					data = "";
					dataLines = 0;
					eventType = void 0;
					searchIndex = lfIndex + 1;
					lfIndex = chunk.indexOf("\n", searchIndex);
					continue;
				}
				const firstCharCode = chunk.charCodeAt(searchIndex);
				if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
					const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5;
					const value = chunk.slice(valueStart, lfIndex);
					if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
						if (id !== void 0) onId === null || onId === void 0 || onId(id);
						onEvent === null || onEvent === void 0 || onEvent({
							id,
							event: eventType,
							data: value
						});
						id = void 0;
						data = "";
						eventType = void 0;
						searchIndex = lfIndex + 2;
						lfIndex = chunk.indexOf("\n", searchIndex);
						continue;
					}
					data = dataLines === 0 ? value : `${data}\n${value}`;
					dataLines++;
				} else if (isEventPrefix(chunk, searchIndex, firstCharCode)) eventType = chunk.slice(chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6, lfIndex) || void 0;
				else parseLine(chunk, searchIndex, lfIndex);
				if (checkForBufferOverflow()) return "";
				searchIndex = lfIndex + 1;
				lfIndex = chunk.indexOf("\n", searchIndex);
			}
			return chunk.slice(searchIndex);
		}
		let crIndex = chunk.indexOf("\r", searchIndex);
		let lfIndex = chunk.indexOf("\n", searchIndex);
		while (searchIndex < chunk.length) {
			let lineEnd = -1;
			if (crIndex !== -1 && lfIndex !== -1) lineEnd = crIndex < lfIndex ? crIndex : lfIndex;
			else if (crIndex !== -1) {
				if (crIndex === chunk.length - 1) lineEnd = -1;
				else lineEnd = crIndex;
			} else if (lfIndex !== -1) lineEnd = lfIndex;
			if (lineEnd === -1) break;
			parseLine(chunk, searchIndex, lineEnd);
			if (checkForBufferOverflow()) return "";
			searchIndex = lineEnd + 1;
			if (chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF) searchIndex++;
			if (crIndex !== -1 && crIndex < searchIndex) crIndex = chunk.indexOf("\r", searchIndex);
			if (lfIndex !== -1 && lfIndex < searchIndex) lfIndex = chunk.indexOf("\n", searchIndex);
		}
		return chunk.slice(searchIndex);
	}
	function parseLine(chunk, start, end) {
		if (start === end) {
			dispatchEvent();
			return;
		}
		const firstCharCode = chunk.charCodeAt(start);
		if (isDataPrefix(chunk, start, firstCharCode)) {
			const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
			const value = chunk.slice(valueStart, end);
			data = dataLines === 0 ? value : `${data}\n${value}`;
			dataLines++;
			return;
		}
		if (isEventPrefix(chunk, start, firstCharCode)) {
			eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
			return;
		}
		if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
			const value = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
			if (!value.includes("\0")) id = value;
			return;
		}
		if (firstCharCode === 58) {
			if (onComment) {
				const line = chunk.slice(start, end);
				onComment(line.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
			}
			return;
		}
		const line = chunk.slice(start, end);
		const fieldSeparatorIndex = line.indexOf(":");
		if (fieldSeparatorIndex === -1) {
			processField(line, "", line);
			return;
		}
		const field = line.slice(0, fieldSeparatorIndex);
		const offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1;
		processField(field, line.slice(fieldSeparatorIndex + offset), line);
	}
	function processField(field, value, line) {
		switch (field) {
			case "event":
				eventType = value || void 0;
				break;
			case "data":
				data = dataLines === 0 ? value : `${data}\n${value}`;
				dataLines++;
				break;
			case "id":
				if (!value.includes("\0")) id = value;
				break;
			case "retry":
				if (/^\d+$/.test(value)) onRetry === null || onRetry === void 0 || onRetry(parseInt(value, 10));
				else onError === null || onError === void 0 || onError(new ParseError(`Invalid \`retry\` value: "${value}"`, {
					type: "invalid-retry",
					value,
					line
				}));
				break;
			default: onError === null || onError === void 0 || onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, {
				type: "unknown-field",
				field,
				value,
				line
			}));
		}
	}
	function dispatchEvent() {
		if (id !== void 0) onId === null || onId === void 0 || onId(id);
		if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
			id,
			event: eventType,
			data
		});
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
	}
	function reset(options = {}) {
		if (options.consume && pendingFragments.length > 0) {
			const incompleteLine = pendingFragments.join("");
			parseLine(incompleteLine, 0, incompleteLine.length);
		}
		bomPrefix = "";
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		terminated = false;
		skippingLine = false;
		skipNextLineFeed = false;
	}
	return {
		feed,
		reset
	};
}
function isDataPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
function isPotentialField(line, field) {
	let i = 1;
	while (i < line.length && i < field.length) {
		if (line.charCodeAt(i) !== field.charCodeAt(i)) return false;
		i++;
	}
	return line.length <= field.length || line.charCodeAt(field.length) === 58;
}
// src/gate/codes.ts
const row$1 = (layer, remedy, when, meaning, cause, fix) => ({
	layer,
	remedy,
	final: when === "final",
	meaning,
	cause,
	fix
});
const codes = {
	DNS_NXDOMAIN: row$1("DNS", "config", "retry", "the host name does not exist (yet)", "No record was made for this name, it is not yet visible, or the name is misspelt.", "Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible."),
	DNS_FAILED: row$1("DNS", "config", "retry", "the resolver could not answer", "The delegation of the zone is broken, or the resolver has trouble.", "Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner."),
	DNS_TIMEOUT: row$1("DNS", "config", "retry", "the resolver did not answer in time", "The name servers do not answer, or a firewall holds DNS back.", "Check the name servers of the hosted zone and whether the runner can reach its resolver."),
	PROXY_FAILED: row$1("TCP", "config", "retry", "the proxy of the runner did not open a tunnel", "The proxy is down, or does not allow this host and port.", "Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY."),
	TCP_REFUSED: row$1("TCP", "wait", "retry", "nothing listens on the port", "The load balancer has no listener on this port, or the process listens elsewhere, on 127.0.0.1 only, or not yet.", "Check that the load balancer has a listener on this port. On an instance, check that the process listens on 0.0.0.0 and on the port of the URL."),
	TCP_TIMEOUT: row$1("TCP", "config", "retry", "no answer to the connection attempt", "A security group, a network ACL or a private subnet drops the packets.", "Packets are dropped. Open the port in the security group and the network ACL, and check the port of the URL. A load balancer must be in public subnets (scheme internet-facing)."),
	TCP_UNREACHABLE: row$1("TCP", "config", "retry", "no route to the address", "The subnet has no route to the internet, or the name has only an IPv6 address and the runner only IPv4.", "Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has."),
	CONN_RESET: row$1("TCP", "wait", "retry", "the connection was closed before a reply", "The process crashes on the request, a proxy cuts it off, or the port uses https and http was sent.", "The process accepts connections but drops them: read its log. If the port uses TLS, use https:// in the URL."),
	CONN_FAILED: row$1("TCP", "wait", "retry", "the connection failed", "The network between the runner and the endpoint broke the connection.", "Check host and port of the URL and the network between the runner and the endpoint."),
	TLS_UNTRUSTED: row$1("TLS", "config", "final", "the certificate is not from a public authority", "The certificate is self-signed, its chain is incomplete, or ACM has not issued it yet.", "Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself."),
	TLS_NAME: row$1("TLS", "config", "final", "the certificate is for another name", "The URL has the DNS name of the load balancer, or a name that the certificate does not have.", "Put the name of the certificate into the URL: the custom domain, not the DNS name of the load balancer. Or add this name to the ACM certificate."),
	TLS_EXPIRED: row$1("TLS", "config", "final", "the certificate is outside its validity", "The renewal failed, often because the DNS record that validates it is gone.", "Renew the certificate; with ACM, restore the DNS validation record so that ACM renews it automatically."),
	TLS_NOT_TLS: row$1("TLS", "config", "final", "the port does not speak TLS", "The URL has https, and the listener uses HTTP.", "Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS."),
	TLS_TIMEOUT: row$1("TLS", "config", "retry", "the TLS handshake was never answered", "A process that is not a TLS server accepts the connection and waits.", "Something accepts TCP on the port and does not speak TLS: check the port, the listener protocol and any proxy in between."),
	TLS_FAILED: row$1("TLS", "config", "retry", "the TLS handshake failed", "The two ends have no protocol version or cipher in common, or there is no certificate for this name.", "Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached."),
	PORT_SPEAKS_TLS: row$1("TLS", "config", "final", "plain HTTP was sent to a TLS port", "The URL has http, and the listener uses HTTPS.", "Use https:// in the URL."),
	NOT_HTTP: row$1("HTTP", "config", "final", "the reply is not HTTP/1.1", "The port belongs to another service (SSH, a database), or to HTTP/2 without TLS.", "Check the port: something other than an HTTP server listens there, or it uses only HTTP/2."),
	HEADERS_TOO_BIG: row$1("HTTP", "replace", "final", "the response headers are larger than clients read", "Cookies, a token or a policy grows without end, or the server repeats a header.", "Send less than 16 KiB of response headers, the limit of Node.js and so of most MCP clients."),
	HEADERS_TIMEOUT: row$1("HTTP", "wait", "retry", "the connection was accepted and no response came", "The handler waits for something that does not come, or the process is overloaded.", "The server hangs on the request: read the log of the task, and check the security group between load balancer and task."),
	REDIRECT: row$1("HTTP", "config", "final", "the endpoint redirects", "The listener sends http to https, the server adds or removes a final slash, or a login page is in front of it.", "Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto."),
	ALB_404: row$1("HTTP", "config", "final", "the load balancer itself answered 404", "The default action of the listener is a fixed response and no rule matches.", "No listener rule forwards this host and path: add one to the ALB listener, or change its default action from fixed-response to forward."),
	ALB_502: row$1("HTTP", "replace", "retry", "the load balancer got no valid reply from the target", "The task crashed, closed the connection, or listens on another port than the target group uses.", "The task closed the connection or crashed: compare the container port with the target group port and read the stopped reason of the ECS tasks."),
	ALB_503: row$1("HTTP", "wait", "retry", "the load balancer has no usable target", "The service has no running task, or all of them are still starting or draining.", "No registered target: look at DescribeTargetHealth, the desired count of the service, and the health check path (never /mcp)."),
	ALB_504: row$1("HTTP", "wait", "retry", "the target did not answer the load balancer in time", "A security group between the load balancer and the task, or a server that starts slowly.", "Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server."),
	PATH_404: row$1("HTTP", "config", "final", "a server is up, this path is not there", "The MCP handler is mounted at another path.", "Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path."),
	HTTP_400: row$1("HTTP", "replace", "final", "the server refused a correct request", "A proxy changes the request, or the handler refuses what the specification allows.", "Read the log of the server: the request followed the specification."),
	HTTP_403: row$1("HTTP", "config", "final", "access is forbidden", "An access rule of the server, a gateway or an IP allow list.", "Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server."),
	AWS_FORBIDDEN: row$1("HTTP", "config", "final", "AWS refused the request before it reached the server", "API Gateway has no route for this path or stage, or the API or function URL requires requests signed with AWS credentials.", "Check path and stage of the URL (API Gateway answers \"Missing Authentication Token\" for a route that is not there). With AWS_IAM authorization clients must sign each request (SigV4): set mcp-sigv4: auto, with which the gate signs too."),
	AWS_CREDENTIALS_MISSING: row$1("HTTP", "config", "final", "a request could not be signed, because there are no AWS credentials", "The step that gets the credentials is missing, ran in another job, or its role has expired.", "Run aws-actions/configure-aws-credentials before this step, or set mcp-sigv4: none when the endpoint takes no signatures."),
	AWS_SIGNATURE_REFUSED: row$1("HTTP", "config", "final", "AWS refused a signed request", "The role may not call the endpoint, or the service or region of the signature is another one.", "Allow the role the call: bedrock-agentcore:InvokeAgentRuntime, lambda:InvokeFunctionUrl with lambda:InvokeFunction, execute-api:Invoke or vpc-lattice-svcs:Invoke. Check service and region in mcp-sigv4, and the clock of the runner."),
	CLIENT_CERTIFICATE_REFUSED: row$1("TLS", "config", "final", "the endpoint refused the client certificate", "The certificate is expired, or from an authority that the endpoint does not trust.", "Give a certificate in mcp-client-cert that the trust store of the endpoint accepts, with its intermediate certificates."),
	MTLS_REQUIRED: row$1("TLS", "config", "final", "the endpoint demands a client certificate", "Mutual TLS is turned on in the server, the load balancer or the API gateway.", "Give a client certificate in mcp-client-cert and its key in mcp-client-key, or turn mutual TLS off for the public name."),
	HTTP_405: row$1("HTTP", "config", "final", "the path does not take POST", "The MCP handler is at another path, or only the deprecated HTTP+SSE transport is served.", "Mount the MCP handler for POST at this path, or correct the path of the URL."),
	HTTP_406: row$1("HTTP", "config", "final", "the server refuses application/json and text/event-stream", "A proxy removes or rewrites Accept, or the server is older than Streamable HTTP.", "Check whether a proxy removes the Accept header. If not, update the MCP SDK of the server."),
	HTTP_413: row$1("HTTP", "config", "final", "a request of under one kilobyte is too large for the server", "A body limit was set far too low.", "Raise the body limit of the server or of the proxy in front of it."),
	HTTP_415: row$1("HTTP", "replace", "final", "the server refuses application/json", "A proxy removes Content-Type, or no JSON body parser is mounted.", "Mount the JSON body parser for this path; a proxy must not remove Content-Type."),
	HTTP_4XX: row$1("HTTP", "replace", "final", "the server refused the request", "The server, or something in front of it, has a rule of its own.", "Read the log of the server for this status."),
	SERVER_ERROR: row$1("HTTP", "replace", "retry", "the server answered with a 5xx status", "An exception in the handler, or the application still starting.", "Read the log of the task: the server, or a proxy in front of it, failed on the request."),
	START_FAILED: row$1("HTTP", "replace", "retry", "the platform could not start the server for the request (HTTP 424)", "The container ends while it starts, listens on another port or path, takes too long, or is built for another CPU.", "Read the log of the server for its start. It must be built for the CPU of the platform and listen on the address, port and path that the platform requires. A second failure in a row ends the gate."),
	RATE_LIMITED: row$1("HTTP", "wait", "retry", "too many requests", "A limiter counts the requests of the gate.", "Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds."),
	AUTH_REQUIRED: row$1("HTTP", "config", "final", "the server requires authorization", "The server is protected, and no credentials or wrong ones were given.", "Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or set mcp-auth: required if the server must require authentication."),
	AUTH_BARE_401: row$1("HTTP", "config", "final", "401 without WWW-Authenticate", "A gateway or a middleware of your own answers 401 and knows nothing of MCP.", "Answer 401 with WWW-Authenticate: Bearer resource_metadata=\"...\" (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers."),
	AUTH_SCOPE: row$1("HTTP", "config", "final", "the token lacks a scope", "The client was registered without a scope that the server requires.", "Issue the token in mcp-headers with the scope that the server names."),
	AUTH_NOT_REQUIRED: row$1("HTTP", "config", "final", "the endpoint is open, and an authentication challenge is expected", "The authorization middleware is not mounted on this path, or a setting turned it off.", "Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway). Where only tools/call is protected, serve the protected-resource metadata (RFC 9728), by which the gate knows it. Or set mcp-auth: none when everybody may call it."),
	AUTH_METADATA_MISSING: row$1("HTTP", "config", "final", "the protected-resource metadata cannot be fetched", "The well-known path is not served, needs authentication itself, or is not forwarded by the load balancer.", "Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate."),
	AUTH_METADATA_INVALID: row$1("HTTP", "config", "final", "the protected-resource metadata is not valid", "Somebody wrote the document manually, or it is another kind of document.", "Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 §2."),
	AUTH_RESOURCE_MISMATCH: row$1("HTTP", "config", "final", "the protected-resource metadata is for another URL", "The server knows itself by its internal address, or was moved.", "Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer the server often takes its own address for it."),
	AUTH_ISSUER_UNPINNED: row$1("HTTP", "config", "final", "the endpoint names an authorization server that nobody has vouched for", "The authorization server is on another host than the endpoint, or there are several, and mcp-oauth-issuer is not set.", "Set mcp-oauth-issuer to the authorization server at which the client of mcp-oauth-client-id is registered. If the server that is named here is not yours, the endpoint may be compromised: do not pin it."),
	AUTH_ISSUER_MISMATCH: row$1("HTTP", "config", "final", "the endpoint does not name the authorization server of mcp-oauth-issuer", "The server was moved to another authorization server, the issuer is spelt otherwise, or somebody wants the secret.", "Compare authorization_servers of the protected-resource metadata with mcp-oauth-issuer: correct the one that is wrong. If the server that is named here is not yours, the endpoint may be compromised."),
	AUTH_SERVER_METADATA: row$1("HTTP", "config", "final", "the authorization server does not say where its token endpoint is", "The issuer has another spelling than the metadata, or the address is not that of the issuer.", "Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint."),
	AUTH_SERVER_UNREACHABLE: row$1("HTTP", "config", "retry", "the authorization server cannot be reached", "An outage, or a network in which the runner is not.", "Check that the authorization server is up and that the runner may reach it."),
	AUTH_TOKEN_REFUSED: row$1("HTTP", "config", "final", "the authorization server gave no token for the client credentials", "A wrong secret, a client without this grant, or a scope it may not have.", "Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint."),
	WAF_403: row$1("HTTP", "config", "final", "something in front of the server blocked the request", "AWS WAF, CloudFront or another filter took the POST for an attack.", "Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer."),
	HOST_REJECTED: row$1("HTTP", "config", "final", "the server refuses this host name", "The guard against DNS rebinding of the SDK knows only localhost; it also refuses health checks of the load balancer.", "Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python)."),
	HTML_PAGE: row$1("HTTP", "config", "final", "a web page answered", "A web site or a single-page application answers every path.", "The URL reaches a web site, not the MCP server: correct host and path, or the catch-all route that answers first."),
	CONTENT_TYPE: row$1("HTTP", "replace", "final", "the reply has a content type that MCP clients refuse", "The handler sets no Content-Type, or a proxy replaces it.", "Answer with Content-Type application/json or text/event-stream."),
	EMPTY_200: row$1("HTTP", "replace", "retry", "success without a body", "A handler that ends without writing, or a proxy that answers instead of the server.", "The handler ended the response without an answer: read the log of the server."),
	BODY_TRUNCATED: row$1("HTTP", "replace", "retry", "the body ended before its announced length", "A crash in the middle of the answer, an idle timeout, or a wrong Content-Length.", "The server or a proxy cut the reply: compare Content-Length with the body, and check for crashes and idle timeouts."),
	BODY_SLOW: row$1("HTTP", "replace", "retry", "the body did not end in time", "The server computes while it answers, or a proxy buffers.", "Find out why the server sends its answer so slowly; a proxy that buffers may hold it back."),
	BODY_TOO_BIG: row$1("HTTP", "replace", "final", "the body is larger than 4 MiB after decompression, or far too intricate", "Another kind of resource is behind the URL, or the tool list is far too large for any client.", "Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint."),
	BODY_ENCODING: row$1("HTTP", "replace", "final", "the body does not match Content-Encoding", "A body that is compressed twice or not at all, by a proxy that declares something else.", "Correct the compression of the server or the proxy (gzip, deflate and br are accepted)."),
	NOT_JSON: row$1("MCP", "replace", "final", "the body is declared as JSON and is not JSON", "A warning or a stack trace is written into the response.", "Read the log of the server: something other than the MCP handler writes to this response."),
	NOT_JSONRPC: row$1("MCP", "config", "final", "JSON, but no JSON-RPC 2.0 response", "A health check, a REST API or a static file is behind the URL.", "The URL reaches another handler (a health endpoint?): correct the path, or wrap the answer in a JSON-RPC 2.0 response."),
	WRONG_ID: row$1("MCP", "replace", "final", "the answer carries the id of another request", "A cache answers, or answers of several requests are mixed up.", "Answer with the id of the request; a response must not be cached or shared between requests."),
	RPC_ERROR: row$1("MCP", "replace", "retry", "the server answered with a JSON-RPC error", "Something the server needs is missing: a database, a secret, another API.", "Read the log of the server for this message: a dependency (database, secret, API) may be missing."),
	RPC_REFUSED: row$1("MCP", "replace", "final", "the server does not accept a correct MCP request", "The method is not registered, or the SDK is too old or in another state.", "Register a handler for this method and update the MCP SDK of the server."),
	BAD_INIT_RESULT: row$1("MCP", "replace", "final", "the initialize result lacks a required field", "A server written without an SDK.", "Return protocolVersion, capabilities and serverInfo {name, version} from initialize."),
	BAD_DISCOVER_RESULT: row$1("MCP", "replace", "final", "the server/discover result is not valid", "A server of a draft of the revision, or one written without an SDK.", "Return resultType \"complete\", supportedVersions, capabilities, ttlMs and cacheScope from server/discover."),
	NO_COMMON_VERSION: row$1("MCP", "replace", "final", "no protocol version in common", "The server is older than 2024-11-05, or of a draft.", "Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05."),
	LEGACY_CLIENTS_LOCKED_OUT: row$1("MCP", "config", "final", "only 2026-07-28 is served; clients that send initialize are refused", "The server was built to refuse the older revisions.", "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters."),
	MODERN_ABSENT: row$1("MCP", "config", "final", "server/discover is not served: the server does not speak 2026-07-28", "The server uses an SDK 1.x, or an SDK 2 transport with sessions.", "Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any."),
	MODERN_OK_LEGACY_BROKEN: row$1("MCP", "config", "final", "2026-07-28 works, and clients that send initialize do not get through", "Most often several tasks: they serve 2026-07-28 without a state, and older clients with sessions that only one task knows.", "Fix what the code in the sentence names (its row explains how, and whether waiting or replacing helps), or set mcp-require: modern when no older client matters. Most clients in use still send initialize."),
	LEGACY_OK_MODERN_BROKEN: row$1("MCP", "config", "final", "initialize works, and clients of 2026-07-28 do not get through", "A proxy or a rule that knows only the older requests, or a server that does not answer methods it does not know.", "Fix what the code in the sentence names (its row explains how, and whether waiting or replacing helps), or set mcp-require: legacy when no client of 2026-07-28 matters."),
	OLD_TRANSPORT: row$1("MCP", "config", "final", "only the deprecated HTTP+SSE transport is served", "The server was built for the transport of 2024-11-05.", "Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse."),
	ACCEPTED_NO_REPLY: row$1("MCP", "replace", "retry", "a request was accepted like a notification, without an answer", "The handler takes every message for a notification.", "Answer the POST itself: 202 is only for notifications and responses."),
	SSE_SILENT: row$1("MCP", "replace", "retry", "the event stream stayed open without the answer", "A proxy buffers the stream, or the handler hangs.", "Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang."),
	SSE_EMPTY: row$1("MCP", "replace", "retry", "the event stream ended without the answer", "The handler failed after it had opened the stream.", "The handler closed the stream before it answered: read the log of the server."),
	SSE_TRUNCATED: row$1("MCP", "replace", "retry", "the event stream ended in the middle of an event", "A crash, an idle timeout, or a final blank line that is missing.", "End each event with a blank line and do not close the stream before; check for crashes and idle timeouts."),
	SSE_BAD_JSON: row$1("MCP", "replace", "retry", "an event does not carry JSON", "A message with line breaks is sent as one data line and bare lines.", "Send one JSON-RPC message per event; each line of it needs its own data: prefix."),
	SSE_EVENT_NAME: row$1("MCP", "replace", "retry", "the answer came under an event name that clients ignore", "The server names its events as it likes.", "Send answers as event: message, or without an event field."),
	SSE_NO_ENDPOINT: row$1("MCP", "config", "retry", "the HTTP+SSE stream did not name its endpoint", "Another kind of stream is behind the URL, or a proxy buffers the first event.", "Send event: endpoint with the POST address as the first event of the stream, and turn response buffering off in every proxy (nginx: proxy_buffering off, or X-Accel-Buffering: no)."),
	SSE_FOREIGN_ENDPOINT: row$1("MCP", "config", "final", "the HTTP+SSE stream names an endpoint on another origin", "The server knows itself by its internal address.", "Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin."),
	SSE_ENDPOINT_PREFIX: row$1("MCP", "config", "final", "the HTTP+SSE stream names an endpoint without the path prefix of the URL", "A proxy removes the prefix, and the server does not know it.", "The endpoint event leaves the prefix out: set root_path (Starlette, FastAPI, uvicorn), the context path, or the base URL of the server to the prefix of the public path."),
	DISCOVER_FATAL: row$1("MCP", "replace", "final", "the server does not survive a method that it does not know", "The Python SDK 1.8.0 to 1.9.3 with stateless_http stops for good at any unknown method, and clients of 2026-07-28 send one.", "Update the MCP SDK of the server (Python: mcp 1.9.4 or newer) and restart it. Until then set mcp-require: legacy, with which the gate sends no such method."),
	DISCOVER_FAILS: row$1("MCP", "config", "retry", "server/discover is answered with a server error, while initialize works", "The SDK of the server takes a method that it does not know for an internal error (Spring AI with protocol STATELESS).", "Update the MCP SDK of the server: it must answer a method that it does not know with HTTP 404 or JSON-RPC -32601, else clients that try 2026-07-28 first give up."),
	GET_STREAM_SILENT: row$1("HTTP", "config", "retry", "the GET stream of a session sends no response headers (a warning)", "The server writes the headers with the first event, or a proxy buffers them.", "Flush the response headers at once, or answer GET with 405; turn response buffering off in every proxy. Clients of Go and Rust wait for these headers before they list tools."),
	GET_STREAM_REFUSED: row$1("HTTP", "config", "retry", "the GET stream of a session is refused in another way than 405 (a warning)", "A rule of a gateway or a firewall allows POST only.", "Let GET with Accept: text/event-stream through to the server, or answer it with 405, which means that there is no stream."),
	NO_TOOLS_CAPABILITY: row$1("MCP", "replace", "final", "the server declares no tools", "Tools are registered after the server has connected, or not at all.", "Register the tools before the server connects; SDK 2 clients request no list from a server without the tools capability."),
	TOOL_MISSING: row$1("MCP", "replace", "final", "an expected tool is not listed", "The tool was renamed, is behind a setting, or an older revision answers.", "Deploy the revision that has the tool, or correct mcp-tools."),
	MODERN_HEADERS_LOST: row$1("MCP", "config", "final", "the headers of a 2026-07-28 request do not reach the server as they were sent", "A proxy, a CDN or a gateway forwards only the headers it knows.", "Forward MCP-Protocol-Version, Mcp-Method and Mcp-Name in everything in front of the server."),
	CLIENT_CAPABILITY_MISSING: row$1("MCP", "config", "final", "the server demands a capability that a plain client does not have", "The server refuses clients without sampling, elicitation or roots.", "Let the server list its tools to every client, and demand the capability only in the tools that need it."),
	BAD_MODERN_RESULT: row$1("MCP", "replace", "final", "a result lacks what 2026-07-28 requires of it", "A server of a draft of the revision, one written without an SDK, or a gateway that builds the result.", "Return resultType \"complete\" with each result, and ttlMs and cacheScope with each list: clients of 2026-07-28 refuse the list otherwise."),
	CALL_FAILED: row$1("MCP", "replace", "final", "a tool of mcp-call gave no result", "The handler of the tool throws, waits too long, or does not accept the arguments.", "Read the log of the server for this call, and compare the arguments in mcp-call with the inputSchema of the tool."),
	CALL_UNEXPECTED: row$1("MCP", "replace", "final", "the result of a tool of mcp-call is not as expected", "The tool fails inside its result (isError), its data is missing, or the expectation is too strict.", "Fix the tool or what it depends on, or correct expect in mcp-call."),
	CALL_NOT_ALLOWED: row$1("MCP", "config", "final", "a tool of mcp-call is annotated as changing something", "Its annotations have destructiveHint: true or readOnlyHint: false.", "Name a tool that only reads, or set allow: true for this call when its effect is wanted at each deployment."),
	HOST_INCOMPATIBLE: row$1("MCP", "replace", "final", "an MCP host of mcp-hosts refuses the tools", "The host has limits that the specification does not have.", "Change the named tool as the sentence explains, or take the host out of mcp-hosts."),
	CONTRACT_BROKEN: row$1("MCP", "replace", "final", "the tools are not compatible with the committed contract", "A tool or argument was removed or renamed, or an argument became required or narrower.", "Deploy a revision that keeps the contract. If you want the change, replace the file that mcp-contract names with the ready file of this run (output mcp-contract-file)."),
	CONTRACT_MISSING: row$1("MCP", "config", "final", "the file that mcp-contract names is not in the repository", "The first run with mcp-contract, or a misspelt path.", "Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name."),
	BAD_TOOLS: row$1("MCP", "replace", "final", "the tool list is not valid", "Somebody wrote a schema manually, or a library turned it into something else.", "Give each tool a name and an inputSchema with type \"object\", and leave nextCursor out on the last page: clients refuse the whole list otherwise."),
	LIST_UNBUILDABLE: row$1("MCP", "replace", "final", "the server cannot build its tool list", "The argument or result model of a tool refers to itself, or has a type without a JSON Schema.", "Find the tool whose model is recursive or has no JSON Schema. The log of the server names it. Give it a plain argument or result type, or update the MCP SDK."),
	PAGINATION_LOOP: row$1("MCP", "replace", "final", "the tool list never ends", "The cursor is ignored by the handler.", "Return a new nextCursor for each page and none on the last."),
	SESSION_LOST: row$1("MCP", "config", "final", "the session is unknown right after it was opened", "Several tasks, each of which knows only its own sessions.", "Several tasks, or several workers of one task (uvicorn --workers, gunicorn -w), share the endpoint, and the session is in one of them. Make the server stateless: Python stateless_http=True, Go Stateless: true, mcp-go WithStateLess, rmcp legacy_session_mode, Spring spring.ai.mcp.server.protocol=STATELESS. Or run one task with one worker, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies."),
	SESSION_HEADER_LOST: row$1("MCP", "config", "final", "the Mcp-Session-Id header does not reach the server", "A proxy, a CDN or a gateway forwards only the headers it knows.", "Forward Mcp-Session-Id and MCP-Protocol-Version in everything in front of the server (CloudFront: origin request policy; API Gateway: parameter mapping)."),
	SESSION_NEEDS_COOKIES: row$1("MCP", "config", "final", "sessions work only for clients that keep cookies", "Several tasks behind target group stickiness (lb_cookie).", "The official MCP clients keep no cookies, so target group stickiness does not reach them: make the server stateless, or run one task, or share the session store."),
	OLD_REVISION: row$1("MCP", "wait", "retry", "the server that answers is not of the expected version", "An old task still serves, the new image has the old version, or serverInfo was not raised.", "An old revision still serves, or the new image was not deployed: check the image tag and the rollout of the ECS service, and that serverInfo.version of the server is the value of mcp-expect-version."),
	FLAPPING: row$1("MCP", "wait", "retry", "good and bad rounds alternate", "One of several tasks is bad, or tasks of two revisions serve at the same time.", "One of several targets is bad, or an old revision still serves: compare the tasks of the service (DescribeTargetHealth, ListTasks)."),
	REQUESTS_SPENT: row$1("MCP", "config", "final", "mcp-requests-per-minute was spent, so the gate could not finish before mcp-timeout", "The limit is too low for mcp-rounds within mcp-timeout. It shows nothing about the server.", "Raise mcp-requests-per-minute or mcp-timeout, or lower mcp-rounds."),
	DEADLINE: row$1("MCP", "config", "retry", "the time was up before enough rounds passed, and nothing failed", "The endpoint became healthy late, or answers slowly. A server that answers is never replaced for that.", "Raise mcp-timeout or lower mcp-rounds.")
};
function failure(code, step, sentence, era) {
	const { fix, remedy } = codes[code];
	return {
		code,
		sentence,
		fix,
		remedy,
		step,
		...era && { era }
	};
}
function isInterruption({ code, isCut }) {
	return code === "RATE_LIMITED" || isCut === true;
}
// src/gate/events.ts
function readEvents(body) {
	const events = [];
	let comments = 0;
	let lastEventId;
	let retryMs;
	createParser({
		onEvent: (event) => events.push(event),
		onComment: () => comments++,
		onId: (id) => {
			lastEventId = id;
		},
		onRetry: (ms) => {
			retryMs = ms;
		}
	}).feed(body.replace(/\r$/, ""));
	return {
		events,
		comments,
		unfinished: isUnfinished(body) || body.endsWith("\r"),
		...lastEventId && { lastEventId },
		...retryMs !== void 0 && { retryMs }
	};
}
function isUnfinished(body) {
	return (body.slice(-65536).split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? "").split(/\r\n|\n|\r/).some((line) => line !== "" && !line.startsWith(":"));
}
function isMessage(event) {
	return (event.event ?? "message") === "message";
}
// src/gate/node-http.ts
const http = process.getBuiltinModule("node:http");
const https = () => process.getBuiltinModule("node:https");
const tls = () => process.getBuiltinModule("node:tls");
const isTls = (socket) => socket instanceof tls().TLSSocket;
// src/gate/certificate.ts
async function certificateOf(agent, url, timeoutMs, connectTo) {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const options = {
		host: connectTo?.host ?? host,
		port: connectTo?.port ?? Number(url.port || (url.protocol === "https:" ? 443 : 80)),
		servername: isIP(host) === 0 ? host : "",
		rejectUnauthorized: false,
		session: void 0
	};
	const result = Promise.withResolvers();
	const late = setTimeout(() => result.resolve(void 0), timeoutMs);
	let connection;
	let isOver = false;
	const watch = (socket) => {
		connection = socket;
		if (isOver) socket.destroy();
		socket.once("error", () => result.resolve(void 0));
		socket.once("close", () => result.resolve(void 0));
		const read = () => result.resolve(describe$1(socket.getPeerCertificate(true)));
		if (socket.getProtocol() && !socket.connecting) read();
		else socket.once("secureConnect", read);
	};
	try {
		const created = agent.createConnection(options, (error, socket) => {
			if (error) result.resolve(void 0);
			else if (isTls(socket) && connection === void 0) watch(socket);
		});
		if (isTls(created)) watch(created);
		return await result.promise;
	} catch {
		return;
	} finally {
		clearTimeout(late);
		isOver = true;
		connection?.destroy();
	}
}
function describe$1(certificate) {
	if (certificate?.raw === void 0) return void 0;
	const { subject, issuer, subjectaltname = "", valid_from: from, valid_to: to, issuerCertificate } = certificate;
	const named = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = ""]) => name.trim());
	const common = [subject?.CN ?? []].flat();
	const isSelfSigned = issuerCertificate?.fingerprint256 === certificate.fingerprint256;
	return {
		names: named.length > 0 ? named : common,
		issuer: [issuer?.CN ?? issuer?.O ?? []].flat().join(", "),
		isSelfSigned,
		validFrom: new Date(from),
		validTo: new Date(to),
		hasIssuer: issuerCertificate !== void 0 && !isSelfSigned
	};
}
// src/gate/request-budget.ts
const WINDOW_MS = 6e4;
var RequestBudget = class {
	#maxPerMinute;
	#sent = [];
	constructor(maxPerMinute) {
		this.#maxPerMinute = maxPerMinute;
	}
	get waitMs() {
		const now = performance.now();
		while (this.#sent[0] !== void 0 && this.#sent[0] <= now - WINDOW_MS) this.#sent.shift();
		const oldest = this.#sent[this.#sent.length - this.#maxPerMinute];
		return oldest === void 0 ? 0 : oldest + WINDOW_MS - now;
	}
	get room() {
		return this.waitMs > 0 ? 0 : this.#maxPerMinute - this.#sent.length;
	}
	reserve(later) {
		return Math.min(later, Math.floor(this.#maxPerMinute / 2));
	}
	async take(deadline) {
		for (let wait = this.waitMs; wait > 0; wait = this.waitMs) {
			if (performance.now() + wait > deadline) return false;
			await new Promise((resolve) => setTimeout(resolve, wait));
		}
		this.#sent.push(performance.now());
		return true;
	}
	refund() {
		this.#sent.pop();
	}
};
// src/gate/times.ts
const defaultGateTimes = {
	firstRetryDelaysMs: [
		150,
		300,
		500
	],
	retryDelayMs: 800,
	greenDelayMs: 200,
	maxRetryAfterMs: 6e4,
	samplingTimeoutMs: 2e4,
	confirmationTimeoutMs: 1e3,
	phaseTimeoutsMs: {
		dns: 2500,
		tcp: 2500,
		tls: 2500,
		headers: 3e4,
		body: 3e4
	},
	minPhaseTimeoutMs: 1e3,
	doubtfulStreamTimeoutMs: 1e3,
	resumeDelayMs: 1e3,
	maxResumeDelayMs: 3e3,
	minDiscoverTimeoutMs: 2500,
	minSilentDiscoverTimeoutMs: 500,
	endpointEventTimeoutMs: 2500,
	certificateTimeoutMs: 1500,
	otherPathsTimeoutMs: 1e3,
	rateLimitedDelayMs: 5e3,
	streamHeadersTimeoutMs: 2500,
	endSessionTimeoutMs: 2500,
	notificationBodyTimeoutMs: 1e3,
	sameAnswerMs: 6e4,
	survivalDelaysMs: [
		0,
		500,
		1e3
	]
};
// src/gate/http-exchange.ts
const BODY_CAP_BYTES = 4194304;
const LINES_CAP = 2e5;
const REQUESTS_PER_MINUTE = 600;
function openTarget(endpoint, headers, timeoutMs, environment, times = defaultGateTimes, options = {}) {
	const { requestTimeoutMs, requestsPerMinute = REQUESTS_PER_MINUTE, tls: tls$1 = {}, connectTo, sign } = options;
	const direct = {
		keepAlive: false,
		autoSelectFamilyAttemptTimeout: 1e3
	};
	const proxied = {
		...direct,
		proxyEnv: environment
	};
	const ca = tls$1.ca === void 0 ? {} : { ca: [...tls().getCACertificates("default"), tls$1.ca] };
	const client = {
		...ca,
		...tls$1.cert !== void 0 && {
			cert: tls$1.cert,
			key: tls$1.key
		}
	};
	const agents = openAgents(connectTo === void 0 ? proxied : direct, client);
	const otherAgents = openAgents(proxied, ca);
	const { HTTPS_PROXY: upper, https_proxy: lower } = environment;
	if (upper || lower) otherAgents["https:"];
	return {
		endpoint,
		headers,
		agents,
		otherAgents,
		hasClientCertificate: tls$1.cert !== void 0,
		connectTo,
		sign,
		avoidsClientErrors: options.avoidsClientErrors === true,
		deadline: performance.now() + timeoutMs,
		times,
		requestTimeoutMs,
		budget: new RequestBudget(requestsPerMinute)
	};
}
function openAgents(options, secure) {
	let agent;
	return {
		"http:": new http.Agent(options),
		get "https:"() {
			agent ??= new (https()).Agent({
				...options,
				...secure
			});
			return agent;
		}
	};
}
const MAX_REDIRECTS = 5;
async function exchange(target, request) {
	const { outcome, url } = await exchangeFollowing(target, request);
	const isSigned = target.sign !== void 0 && isEndpoint(target, url);
	const setHeaders = [...Object.keys(target.headers), ...isSigned ? ["authorization"] : []];
	target.observer?.onSent(outcome, {
		request,
		url,
		setHeaders
	});
	return outcome;
}
async function exchangeFollowing(target, request) {
	let url = request.url;
	let outcome = await once(target, request);
	const isSigned = target.sign !== void 0 && isEndpoint(target, url);
	for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false && !isSigned; followed++) {
		const redirected = outcome.kind === "reply" ? redirectTarget(outcome, request.method, url) : void 0;
		if (redirected === void 0) break;
		url = redirected;
		outcome = await once(target, {
			...request,
			url
		});
	}
	if (outcome.kind === "reply" || !isAboutCertificate(outcome, url)) return {
		outcome,
		url
	};
	const isOwn = isEndpoint(target, url);
	const certificate = await certificateOf((isOwn ? target.agents : target.otherAgents)["https:"], url, target.times.certificateTimeoutMs, isOwn ? target.connectTo : void 0);
	return {
		outcome: certificate ? {
			...outcome,
			certificate
		} : outcome,
		url
	};
}
function redirectTarget({ status, headers }, method, from) {
	if (!(status === 307 || status === 308 || method === "GET" && [
		301,
		302,
		303
	].includes(status)) || headers.location === void 0) return void 0;
	const target = URL.parse(headers.location, from.href);
	return target?.origin === from.origin && target.username === "" && target.password === "" ? target : void 0;
}
function isAboutCertificate({ phase, code }, url) {
	if (url.protocol === "http:") return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === "headers";
	return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
}
function isEndpoint({ endpoint }, { origin }) {
	return origin === endpoint.origin;
}
const NO_PHASES = {
	dns: null,
	tcp: null,
	tls: null,
	headers: null,
	body: null
};
async function once(target, request) {
	if (!await target.budget.take(target.deadline)) return {
		kind: "fault",
		phase: "proxy",
		code: "BUDGET_SPENT",
		message: "no request was left before the end of the time",
		isCut: true,
		phases: NO_PHASES,
		elapsedMs: 0
	};
	let signature = {};
	if (target.sign !== void 0 && isEndpoint(target, request.url)) {
		const { method, url, headers, body = "" } = request;
		try {
			signature = await target.sign({
				method,
				url,
				contentType: headers["content-type"],
				body
			});
		} catch (error) {
			return {
				kind: "fault",
				phase: "proxy",
				code: "NOT_SIGNED",
				message: messageOf(error),
				phases: NO_PHASES,
				elapsedMs: 0
			};
		}
	}
	const outcome = await exchangeOnce(target, {
		...request,
		headers: {
			...request.headers,
			...signature
		}
	});
	if (outcome.kind === "fault" && outcome.phase !== "headers" && outcome.phase !== "body") target.budget.refund();
	return outcome;
}
function wayTo({ host, port }, endpointHost) {
	return {
		host,
		hostname: host,
		port,
		...isIP(endpointHost) === 0 && { servername: endpointHost }
	};
}
function exchangeOnce(target, request) {
	const { url, signal } = request;
	const { phaseTimeoutsMs, minPhaseTimeoutMs, doubtfulStreamTimeoutMs } = target.times;
	const started = performance.now();
	const phases = {
		dns: null,
		tcp: null,
		tls: null,
		headers: null,
		body: null
	};
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const isOwn = isEndpoint(target, url);
	const way = isOwn && target.connectTo ? wayTo(target.connectTo, host) : {};
	let phase = "proxy";
	let entered = started;
	let timer;
	let onDeadline = () => {};
	let responded = false;
	let settled = false;
	let isCut = false;
	let sentAt = started;
	const arm = (ms) => {
		clearTimeout(timer);
		const remainingMs = Math.max(target.deadline - performance.now(), minPhaseTimeoutMs);
		isCut = remainingMs < ms;
		const armed = setTimeout(() => setImmediate(() => timer === armed && !settled && onDeadline()), Math.min(ms, remainingMs));
		timer = armed;
	};
	const leave = () => {
		if (phase !== "proxy") phases[phase] = performance.now() - entered;
		entered = performance.now();
	};
	const enter = (next) => {
		leave();
		phase = next;
		if (next === "headers") sentAt = entered;
		const own = {
			headers: request.headersTimeoutMs,
			body: request.bodyTimeoutMs
		}[next];
		const restMs = (next === "headers" || next === "body") && target.requestTimeoutMs ? target.requestTimeoutMs - (entered - sentAt) : void 0;
		arm(own ?? restMs ?? phaseTimeoutsMs[next]);
	};
	return new Promise((resolve) => {
		const settle = (outcome) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			signal?.removeEventListener("abort", abandon);
			leave();
			resolve({
				...outcome,
				phases,
				elapsedMs: performance.now() - started
			});
			req.destroy();
		};
		const fail = (code, message) => settle({
			kind: "fault",
			phase,
			code,
			message,
			...code === "DEADLINE" && isCut && { isCut },
			...way.host !== void 0 && { connectTo: `${way.host}:${way.port}` }
		});
		const abandon = () => fail("ABANDONED", "the exchange was closed before a response");
		onDeadline = () => fail("DEADLINE", `no progress in the ${phase} phase`);
		const req = (url.protocol === "https:" ? https() : http).request(url, {
			method: request.method,
			...way,
			agent: (isOwn ? target.agents : target.otherAgents)[url.protocol === "https:" ? "https:" : "http:"],
			headers: {
				host: url.host,
				...lowerCased(target.headers),
				"user-agent": "terraform-mcp-deploy",
				"accept-encoding": "gzip, deflate, br",
				...request.headers,
				...request.body !== void 0 && { "content-length": String(Buffer.byteLength(request.body)) }
			}
		});
		req.on("error", (error) => {
			if (responded) return;
			const cause = rootOf(error);
			fail(cause.code ?? cause.name, cause.message);
		});
		signal?.addEventListener("abort", abandon);
		if (signal?.aborted) return abandon();
		arm(phaseTimeoutsMs.dns + phaseTimeoutsMs.tcp);
		req.on("socket", (socket) => {
			if (!socket.connecting) return enter("headers");
			enter(isIP(way.host ?? host) ? "tcp" : "dns");
			socket.once("lookup", (error) => error ?? (phase === "dns" && enter("tcp")));
			socket.once("connect", () => enter(url.protocol === "https:" ? "tls" : "headers"));
			socket.once("secureConnect", () => enter("headers"));
		});
		req.on("continue", () => fail("UNASKED_CONTINUE", "HTTP 100 Continue, although no Expect was sent"));
		req.on("upgrade", (_res, socket) => {
			socket.destroy();
			fail("UNASKED_UPGRADE", "HTTP 101 Switching Protocols, although no Upgrade was sent");
		});
		req.on("response", (res) => {
			responded = true;
			const headers = headersOf(res);
			enter("body");
			request.onHeaders?.(res.statusCode ?? 0, headers);
			const bodyReader = readBody(res, headers, request, () => arm(doubtfulStreamTimeoutMs));
			signal?.removeEventListener("abort", abandon);
			signal?.addEventListener("abort", bodyReader.close);
			onDeadline = bodyReader.expire;
			bodyReader.body.then(({ text, bytes, ending }) => {
				signal?.removeEventListener("abort", bodyReader.close);
				const cut = ending === "slow" && isCut ? { isCut } : {};
				settle({
					kind: "reply",
					status: res.statusCode ?? 0,
					headers,
					body: text,
					bytes,
					ending,
					...cut
				});
			});
		});
		req.end(request.body === void 0 ? void 0 : Buffer.from(request.body));
	});
}
function lowerCased(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function headersOf({ headers, headersDistinct }) {
	const types = headersDistinct["content-type"];
	return types && types.length > 1 ? {
		...headers,
		"content-type": types.join(", ")
	} : headers;
}
function rootOf(error) {
	if (!(error instanceof AggregateError)) return error;
	const each = error.errors;
	return ["ECONNREFUSED", "ETIMEDOUT"].map((code) => each.find((one) => one.code === code)).find(Boolean) ?? each[0] ?? error;
}
function readBody(res, headers, request, onDoubt) {
	const isEvents = isEventStream(headers);
	let stoppedAs;
	const stop = (ending) => {
		stoppedAs ??= ending;
		res.destroy();
	};
	const read = async () => {
		let buffer = Buffer.allocUnsafe(16384);
		let bytes = 0;
		let lines = 0;
		let shown = 0;
		let ending = "end";
		try {
			for await (const chunk of await inflated(res)) {
				if (isEvents) {
					for (const byte of chunk) if (byte === 10 || byte === 13) lines++;
				}
				if (bytes + chunk.length > 4194304 || lines > 2e5) {
					ending = "too-big";
					break;
				}
				if (bytes + chunk.length > buffer.length) {
					const larger = Buffer.allocUnsafe(Math.min(BODY_CAP_BYTES, Math.max(buffer.length * 2, bytes + chunk.length)));
					buffer.copy(larger, 0, 0, bytes);
					buffer = larger;
				}
				chunk.copy(buffer, bytes);
				const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13, -2));
				const heldBack = bytes > shown && buffer[bytes - 1] === 13;
				if (isEvents && request.onLines && (lineEnd >= 0 || heldBack)) {
					const wanted = request.onLines(buffer.toString("utf8", shown, bytes + lineEnd + 1));
					shown = bytes + lineEnd + 1;
					if (wanted === "soon") onDoubt();
					if (wanted === "enough") ending = "enough";
				}
				bytes += chunk.length;
				if (ending === "enough") break;
			}
			ending = stoppedAs ?? ending;
		} catch (error) {
			const code = error.code ?? "";
			ending = stoppedAs ?? (/^(?:Z_|ZSTD_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|BAD_ENCODING)/.test(code) ? "bad-encoding" : "cut");
		}
		return {
			text: buffer.toString("utf8", 0, bytes),
			bytes,
			ending
		};
	};
	return {
		body: read(),
		close: () => stop("enough"),
		expire: () => stop("slow")
	};
}
function mediaType(headers) {
	const stated = headers["content-type"] ?? "";
	return !hasSeveralValues(stated) ? (stated.split(";", 1)[0] ?? "").trim().toLowerCase() : "";
}
function hasSeveralValues(value) {
	let isQuoted = false;
	for (let at = 0; at < value.length; at++) {
		const char = value[at];
		if (isQuoted && char === "\\") at++;
		else if (char === "\"") isQuoted = !isQuoted;
		else if (char === "," && !isQuoted) return true;
	}
	return false;
}
function isEventStream(headers) {
	return mediaType(headers) === "text/event-stream";
}
const MAX_ENCODINGS = 5;
function encodingsOf(headers) {
	return (headers["content-encoding"] ?? "").toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
}
function hasUnknownEncoding(headers) {
	return encodingsOf(headers).some((name) => !(name in decoders));
}
async function inflated(res) {
	const encodings = encodingsOf(res.headers);
	let stream = res;
	if (hasUnknownEncoding(res.headers)) return stream;
	if (encodings.length > MAX_ENCODINGS) throw Object.assign(new Error(`${encodings.length} content encodings`), { code: "BAD_ENCODING" });
	for (const name of encodings.toReversed()) {
		const first = name === "deflate" ? await firstByte(stream) : void 0;
		stream = pipeline(stream, decoders[name](first), () => {});
	}
	return stream;
}
const zlibFlush = {
	flush: zlib.constants.Z_SYNC_FLUSH,
	finishFlush: zlib.constants.Z_SYNC_FLUSH
};
const brotliFlush = {
	flush: zlib.constants.BROTLI_OPERATION_FLUSH,
	finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH
};
const zstdFlush = {
	flush: zlib.constants.ZSTD_e_flush,
	finishFlush: zlib.constants.ZSTD_e_flush
};
const decoders = {
	gzip: () => zlib.createGunzip(zlibFlush),
	"x-gzip": () => zlib.createGunzip(zlibFlush),
	deflate: (first) => first === void 0 || (first & 15) === 8 ? zlib.createInflate(zlibFlush) : zlib.createInflateRaw(zlibFlush),
	br: () => zlib.createBrotliDecompress(brotliFlush),
	zstd: () => zlib.createZstdDecompress(zstdFlush)
};
async function firstByte(stream) {
	for (;;) {
		const chunk = stream.read();
		if (chunk !== null) {
			stream.unshift(chunk);
			return chunk[0];
		}
		if (stream.readableEnded || stream.destroyed) return void 0;
		await new Promise((resolve) => {
			for (const event of [
				"readable",
				"end",
				"close",
				"error"
			]) stream.once(event, () => resolve());
		});
	}
}
// src/gate/foreign-text.ts
const MAX_READ_CHARACTERS$1 = 65536;
function readableText(body) {
	const text = body.slice(0, MAX_READ_CHARACTERS$1);
	const start = text.trimStart();
	if (start.startsWith("<")) return visibleText(text);
	if (start.startsWith("{") && body.length <= MAX_READ_CHARACTERS$1) {
		const message = messageIn(asObject(parseJson$1(text)));
		if (message !== void 0) return lastLineOfTraceback(message);
	}
	return lastLineOfTraceback(text);
}
function messageIn(value) {
	return [
		value.message,
		value.Message,
		value.detail,
		value.error_description,
		value.error,
		value.title
	].map(asText).find((text) => text !== void 0);
}
function lastLineOfTraceback(text) {
	if (!text.includes("Traceback (most recent call last)")) return text;
	return text.split("\n").filter((line) => line.trim() !== "").at(-1) ?? text;
}
function visibleText(page) {
	const lower = page.toLowerCase();
	let text = "";
	let at = 0;
	while (at < page.length) {
		const open = page.indexOf("<", at);
		if (open === -1) break;
		text += `${page.slice(at, open)} `;
		const hidden = [
			"script",
			"style",
			"head"
		].find((name) => lower.startsWith(`<${name}`, open));
		const close = hidden ? lower.indexOf(`</${hidden}`, open) : open;
		const end = close === -1 ? -1 : page.indexOf(">", close);
		if (end === -1) {
			at = page.length;
			break;
		}
		at = end + 1;
	}
	return (text + page.slice(at)).replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name) => ENTITIES[name] ?? " ");
}
const ENTITIES = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	nbsp: " ",
	"#39": "'"
};
// src/gate/host-guards.ts
const GUARDS = [
	{
		statuses: [403],
		text: "access is only allowed at",
		fix: "Start @playwright/mcp with --allowed-hosts and the public host name (or \"*\" behind a proxy that checks it)."
	},
	{
		statuses: [403],
		text: "forbidden: invalid host header",
		fix: "Set DisableLocalhostProtection of the Go SDK (mcp-go: WithDisableLocalhostProtection), or let the proxy send Host: localhost."
	},
	{
		statuses: [403],
		text: "host header is not allowed",
		fix: "Add the public host name to allowed_hosts of the rmcp server configuration."
	},
	{
		statuses: [400],
		text: "invalid hostname",
		fix: "Add the public host name to AllowedHosts in appsettings.json (ASP.NET Core)."
	},
	{
		statuses: [403],
		text: "blocked host",
		fix: "Add the public host name to config.hosts (Rails)."
	},
	{
		statuses: [403],
		text: "blocked request. this host",
		fix: "Add the public host name to server.allowedHosts (Vite)."
	},
	{
		statuses: [400],
		text: "invalid host header",
		fix: "Add the public host name to allowed_hosts of TrustedHostMiddleware (Starlette, FastAPI), or to ALLOWED_HOSTS (Django)."
	},
	{
		statuses: [421],
		text: "invalid host header",
		fix: "Python SDK: FastMCP(host=\"0.0.0.0\"), or TransportSecuritySettings(allowed_hosts=[...]) with the public host name; FastMCP 3 and later: FASTMCP_HTTP_ALLOWED_HOSTS."
	},
	{
		statuses: [403],
		text: "invalid host:",
		fix: "Add the public host name to allowedHosts of createMcpExpressApp (TypeScript SDK)."
	}
];
function hostGuardFix(status, body) {
	const text = body.slice(0, 4e3).toLowerCase();
	return GUARDS.find((guard) => guard.statuses.includes(status) && text.includes(guard.text))?.fix;
}
// src/gate/sanitize.ts
const MAX_SHOWN_CHARACTERS = 200;
const MAX_READ_CHARACTERS = 65536;
function secretsOf(headers) {
	const spellings = Object.values(headers).map((value) => value.replace(/\s+/g, " ").trim()).flatMap((value) => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ""]).flatMap((value) => [value, ...value.split(/[^\x20-\x7e]+/).filter((run) => run !== value && run.length >= 6)]).flatMap((value) => [
		value,
		JSON.stringify(value).slice(1, -1),
		encodeURIComponent(value.toWellFormed())
	]);
	return [...new Set(spellings)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
}
const MAX_PREVIEW_CHARACTERS = 400;
const MAX_PREVIEW_DEPTH = 8;
function previewJson(value, secrets) {
	let text = "";
	const write = (part, depth) => {
		if (text.length > MAX_PREVIEW_CHARACTERS) return;
		if (typeof part !== "object" || part === null) {
			text += JSON.stringify(typeof part === "string" ? startOf$1(part) : part) ?? "null";
			return;
		}
		const [open, close] = Array.isArray(part) ? "[]" : "{}";
		if (depth === MAX_PREVIEW_DEPTH) {
			text += `${open}…${close}`;
			return;
		}
		text += open;
		let isFirst = true;
		for (const key in part) {
			if (text.length > MAX_PREVIEW_CHARACTERS) break;
			if (!isFirst) text += ",";
			isFirst = false;
			if (!Array.isArray(part)) text += `${JSON.stringify(startOf$1(key))}:`;
			write(part[key], depth + 1);
		}
		text += close;
	};
	write(value, 0);
	return clean(text, secrets);
}
function startOf$1(text) {
	return secrets.redact(text.slice(0, MAX_READ_CHARACTERS)).slice(0, MAX_PREVIEW_CHARACTERS);
}
function clean(text, secrets$1) {
	let line = secrets.redact(text.slice(0, MAX_READ_CHARACTERS)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
	for (const secret of secrets$1) line = line.replaceAll(secret, "***");
	line = line.trim();
	return line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : line.toWellFormed();
}
// src/gate/read-reply.ts
function readCertificateFault({ code, message, certificate }, at, { url, secrets }) {
	if (UNTRUSTED_CODES.test(code)) return refusal("TLS_UNTRUSTED", `The certificate of ${at} is not trusted (${code})${whyUntrusted(certificate, secrets)}.`);
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") return refusal("TLS_NAME", `The certificate of ${at} is ${certificate ? `${describe(certificate, secrets)}; you asked ${url.hostname}` : `for another name: "${clean(message, secrets)}"`}.`);
	if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
		const isPast = code === "CERT_HAS_EXPIRED";
		const when = certificate && date(isPast ? certificate.validTo : certificate.validFrom);
		const state = isPast ? `expired${when ? ` on ${when}` : ""}` : `is not valid ${when ? `before ${when}` : "yet"}`;
		const shown = certificate ? `; it is ${describe(certificate, secrets)}` : "";
		return refusal("TLS_EXPIRED", `The certificate of ${at} ${state} (the clock of the runner shows ${date(new Date())})${shown}.`);
	}
}
function describe({ names, issuer, validFrom, validTo }, secrets) {
	const shown = names.slice(0, 5).map((name) => clean(name, secrets));
	const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
	return `${shown.length === 0 ? "for no name" : `for ${shown.join(", ")}${more}`}, issued by "${clean(issuer, secrets)}", valid from ${date(validFrom)} to ${date(validTo)}`;
}
function whyUntrusted(certificate, secrets) {
	if (certificate === void 0) return "";
	return `: ${certificate.isSelfSigned ? "it is self-signed" : certificate.hasIssuer ? "the authority at the end of its chain is not a public one" : "the server sends only this one, without the certificate of its issuer, and the runner does not know that issuer"}; it is ${describe(certificate, secrets)}`;
}
function date(value) {
	return Number.isNaN(value.getTime()) ? "no date" : `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function seconds(ms) {
	return `${Math.round((ms ?? 0) / 100) / 10} s`;
}
const REFUSING_RPC_CODES = new Set([
	-32700,
	-32600,
	-32601,
	-32602
]);
const MODERN_RPC_CODES = {
	headerMismatch: -32020,
	missingCapability: -32021,
	unsupportedVersion: -32022
};
const UNTRUSTED_CODES = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_REVOKED|CERT_SIGNATURE_FAILURE)/;
const UNREACHABLE_CODES = new Set([
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EADDRNOTAVAIL"
]);
function readOutcome(outcome, context) {
	const parsed = outcome.kind === "fault" ? readFault(outcome, context) : readReply(outcome, context);
	return outcome.isCut && !parsed.answered ? {
		...parsed,
		isCut: true
	} : parsed;
}
function refusal(code, sentence, more = {}) {
	return {
		answered: false,
		code,
		sentence,
		...more
	};
}
function readFault(fault, context) {
	const { phase, code, message, phases, certificate } = fault;
	const { url, secrets } = context;
	const host = url.hostname;
	const via = fault.connectTo === void 0 ? "" : ` (by mcp-connect-to ${fault.connectTo})`;
	const at = `${host}:${url.port || (url.protocol === "https:" ? 443 : 80)}${via}`;
	const detail = clean(message, secrets);
	if (code === "NOT_SIGNED") return refusal("AWS_CREDENTIALS_MISSING", `The request to ${host} could not be signed: ${detail}.`);
	if (code === "BUDGET_SPENT") return refusal("REQUESTS_SPENT", "No request of mcp-requests-per-minute was left before the end of mcp-timeout.");
	if (code === "DEADLINE") switch (phase) {
		case "dns": return refusal("DNS_TIMEOUT", `The resolver did not answer for ${host}.`);
		case "tls": return refusal("TLS_TIMEOUT", `${at} accepts TCP connections but does not answer the TLS handshake.`);
		case "tcp": return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
		case "proxy": return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at} in time.`);
		default: return refusal("HEADERS_TIMEOUT", `${at} accepted the request but sent no response headers in ${seconds(phases.headers)}.`);
	}
	const aboutCertificate = readCertificateFault(fault, at, context);
	if (aboutCertificate) return aboutCertificate;
	if (phase === "proxy" || code.startsWith("ERR_PROXY")) return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at}: ${code}, "${detail}".`);
	if (code === "ENOTFOUND") return refusal("DNS_NXDOMAIN", `The name ${host} does not exist in DNS.`);
	if (phase === "dns" || /^EAI_|^ESERVFAIL$/.test(code)) return refusal("DNS_FAILED", `The name ${host} could not be resolved (${code}).`);
	if (/(?:bad|expired|revoked|unsupported) certificate|certificate (?:unknown|expired|revoked)|alert unknown ca/i.test(message)) return refusal("CLIENT_CERTIFICATE_REFUSED", `${at} refused the client certificate: ${code}, "${detail}".`);
	if (/certificate required/i.test(message) || code === "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED") return refusal("MTLS_REQUIRED", `${at} ended the connection because no client certificate was sent (${code}).`);
	if (url.protocol === "http:" && certificate) return refusal("PORT_SPEAKS_TLS", `${at} is a TLS port (its certificate is ${describe(certificate, secrets)}), and the URL has http.`);
	if (/wrong version number|packet length too long|http request|unknown protocol|record layer failure/i.test(message)) return refusal("TLS_NOT_TLS", `${at} does not speak TLS: it answered the handshake with something else.`);
	if (phase === "tls") return refusal("TLS_FAILED", `The TLS handshake with ${at} failed: ${code}, "${detail}".`);
	if (code === "ECONNREFUSED") return refusal("TCP_REFUSED", `Nothing listens at ${at}: the connection was refused.`);
	if (code === "ETIMEDOUT") return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
	if (UNREACHABLE_CODES.has(code)) return refusal("TCP_UNREACHABLE", `There is no route to ${at} (${code}).`);
	if (code === "HPE_HEADER_OVERFLOW") return refusal("HEADERS_TOO_BIG", `${at} sent more than 16 KiB of response headers.`);
	if (code.startsWith("UNASKED_")) return refusal("NOT_HTTP", `${at} answered with ${detail}.`);
	if (code.startsWith("HPE_")) return refusal("NOT_HTTP", `${at} answered with something that is not HTTP/1.1 (${code}).`);
	if (code === "ECONNRESET" || code === "EPIPE") {
		const fix = `${codes.CONN_RESET.fix} Some servers also close the connection when they refuse the certificate of mcp-client-cert.`;
		const more = context.hasClientCertificate ? { fix } : {};
		return refusal("CONN_RESET", `${at} closed the connection before it answered.`, more);
	}
	return refusal("CONN_FAILED", `The connection to ${at} failed in the ${phase} phase: ${code}, "${detail}".`);
}
function readReply(reply, context) {
	const { status } = reply;
	if (status < 200 || status >= 300) return {
		...readStatus(reply, context),
		status
	};
	if (context.id === void 0) return {
		answered: true,
		result: {}
	};
	const parsed = readSuccess(reply, context, context.id);
	if (parsed.answered) return parsed;
	if (hasUnknownEncoding(reply.headers) && parsed.code.startsWith("NOT_JSON")) return {
		...notDecoded(reply, context),
		status
	};
	return {
		...parsed,
		status
	};
}
function notDecoded({ headers }, { url, secrets }) {
	const encoding = clean(headers["content-encoding"] ?? "", secrets);
	return refusal("BODY_ENCODING", `${`${url.origin}${url.pathname}`} sent a body that does not decode as Content-Encoding "${encoding}".`);
}
function readStatus(reply, context) {
	const { status, headers, body } = reply;
	const rpc = rpcErrorIn(body);
	const address = `${context.url.origin}${context.url.pathname}`;
	const detail = rpc ? `JSON-RPC ${rpc.code} "${clean(rpc.message, context.secrets)}"` : quoted(body, context);
	const observed = `${address} answered HTTP ${status}${server(reply, context)}, ${detail}.`;
	const more = rpc ? { rpc } : {};
	const byLoadBalancer = /^awselb\b/i.test(header$1(reply, "server"));
	const isPage = /^\s*</.test(body) || mediaType(reply.headers) === "text/html";
	if (status >= 300 && status < 400) return refusal("REDIRECT", `${address} answered HTTP ${status} and redirects to ${headers.location === void 0 ? "nowhere" : `"${clean(headers.location, context.secrets)}"`}.`);
	const aboutSession = context.inSession && !byLoadBalancer ? readSessionFault(reply, rpc, observed) : void 0;
	if (aboutSession) return {
		...aboutSession,
		...more
	};
	const guardFix = hostGuardFix(status, body);
	if (guardFix) return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, {
		...more,
		fix: guardFix
	});
	if ((status === 401 || status === 403) && /csrf/i.test(body.slice(0, 4e3))) return refusal("HTTP_403", observed, {
		...more,
		fix: CSRF_FIX
	});
	switch (status) {
		case 400:
			if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(body)) return refusal("PORT_SPEAKS_TLS", `${address} is a TLS port, and the URL has http.`);
			if (/no required ssl certificate was sent|ssl certificate error/i.test(body.slice(0, 4e3))) return refusal("MTLS_REQUIRED", observed);
			if (/\baccept\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HTTP_406", observed, more);
			return rpc ? readRpcError(rpc, observed) : refusal("HTTP_400", observed);
		case 401:
			if (context.isSigned && isAwsRefusal(reply)) return refusal("AWS_SIGNATURE_REFUSED", observed);
			return readUnauthorized(reply, context, address);
		case 403:
			if (/insufficient_scope/i.test(headers["www-authenticate"] ?? "")) return refusal("AUTH_SCOPE", `${observed} WWW-Authenticate: "${clean(headers["www-authenticate"] ?? "", context.secrets)}"`);
			if (/\bhost\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, more);
			if (isAwsRefusal(reply)) return refusal(context.isSigned ? "AWS_SIGNATURE_REFUSED" : "AWS_FORBIDDEN", observed);
			return byLoadBalancer || isPage ? refusal("WAF_403", observed) : refusal("HTTP_403", observed, more);
		case 404:
			if (byLoadBalancer) return refusal("ALB_404", observed);
			return rpc ? readRpcError(rpc, observed) : refusal("PATH_404", observed);
		case 405: return refusal("HTTP_405", observed, more);
		case 406: return refusal("HTTP_406", observed, more);
		case 413: return refusal("HTTP_413", observed, more);
		case 415: return refusal("HTTP_415", observed, more);
		case 421: return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, more);
		case 424: return refusal("START_FAILED", observed);
		case 429: {
			const waitMs = retryAfterMs(headers["retry-after"]);
			return refusal("RATE_LIMITED", observed + (waitMs === void 0 ? "" : ` It requests a wait of ${Math.ceil(waitMs / 1e3)} s.`), waitMs === void 0 ? {} : { retryAfterMs: waitMs });
		}
		case 502:
		case 503:
		case 504: if (byLoadBalancer) return refusal(`ALB_${status}`, observed);
	}
	if (rpc) return readRpcError(rpc, observed);
	const fix = status >= 500 ? serverErrorFix(reply) : {};
	return refusal(status >= 500 ? "SERVER_ERROR" : "HTTP_4XX", observed, fix);
}
function serverErrorFix({ status, headers, body }) {
	if (body.includes("Task group is not initialized")) return { fix: LIFESPAN_FIX };
	const isGateway = headers["apigw-requestid"] !== void 0 || headers["x-amz-apigw-id"] !== void 0;
	return status === 504 && /"message"\s{0,4}:\s{0,4}"Endpoint request timed out"/i.test(body.slice(0, 2e3)) || status === 503 && isGateway && /"message"\s{0,4}:\s{0,4}"Service Unavailable"/i.test(body.slice(0, 2e3)) ? { fix: GATEWAY_TIMEOUT_FIX } : {};
}
const GATEWAY_TIMEOUT_FIX = "API Gateway gives an integration 29 s (REST API) or 30 s (HTTP API): find what the server waits for, such as an event stream that it keeps open. A function URL with RESPONSE_STREAM, or a load balancer, has no such limit.";
const LIFESPAN_FIX = "Run the lifespan of the MCP application in the one that mounts it: FastAPI(lifespan=mcp_app.lifespan), or Starlette with session_manager.run() in its lifespan.";
function isAwsRefusal({ headers, body }) {
	const start = body.slice(0, 2e3);
	return headers["x-amzn-errortype"] !== void 0 || /"message"\s{0,4}:\s{0,4}"(?:Missing Authentication Token|Forbidden|The request signature|User: )/i.test(start);
}
function readSessionFault({ status, body }, rpc, observed) {
	if (status !== 400 && status !== 404) return void 0;
	const text = rpc?.message ?? body.slice(0, 2e3);
	if (/missing session|session-id header is required|session id is required|no session id/i.test(text)) return refusal("SESSION_HEADER_LOST", `The Mcp-Session-Id that was sent did not reach the server: ${observed}`);
	return /session|not initialized/i.test(text) || status === 404 && (body.trim() === "" || rpc?.code === -32001) ? refusal("SESSION_LOST", `The server gave a session and then did not know it: ${observed}`) : void 0;
}
const CSRF_FIX = "Leave the MCP path out of the CSRF protection (Spring Security: csrf.ignoringRequestMatchers): clients send no token of a form.";
function isSpringSecurity({ headers }) {
	return headers["x-xss-protection"] === "0" && headers.pragma === "no-cache" && headers.expires === "0";
}
function readUnauthorized(reply, { authorized, secrets }, address) {
	const { headers } = reply;
	const csrf = authorized && isSpringSecurity(reply) ? { fix: `Check the credentials in mcp-headers. ${CSRF_FIX}` } : {};
	const challenge = headers["www-authenticate"];
	const refused = authorized ? `${address} does not accept the given credentials (HTTP 401)` : `${address} answered HTTP 401`;
	const renamed = headers["x-amzn-remapped-www-authenticate"] === void 0 ? "" : " (API Gateway renamed it to x-amzn-remapped-www-authenticate)";
	return challenge === void 0 ? refusal("AUTH_BARE_401", `${refused} without WWW-Authenticate${renamed}, so clients cannot find where to log in.`, csrf) : refusal("AUTH_REQUIRED", `${refused} with WWW-Authenticate: "${clean(challenge, secrets)}".`, {
		challenge,
		...csrf
	});
}
function readSuccess(reply, context, id) {
	const { status, body, bytes, ending } = reply;
	const address = `${context.url.origin}${context.url.pathname}`;
	const type = mediaType(reply.headers);
	const stated = reply.headers["content-type"] === void 0 ? "no Content-Type" : `Content-Type "${clean(reply.headers["content-type"], context.secrets)}"`;
	const cap = `${BODY_CAP_BYTES / 1024 / 1024} MiB`;
	if (ending === "too-big") return refusal("BODY_TOO_BIG", `${address} sent more than ${type === "text/event-stream" ? `${cap} or ${LINES_CAP} lines of events` : cap} as one answer.`);
	if (isTooIntricate(body)) return refusal("BODY_TOO_BIG", `${address} sent more than ${MOST_NODES} JSON objects, arrays and members as one answer.`);
	if (ending === "bad-encoding") return notDecoded(reply, context);
	if (status === 202 || status === 204) return refusal("ACCEPTED_NO_REPLY", `${address} answered a request with HTTP ${status} and no JSON-RPC response.`);
	if (type === "text/event-stream") return readStream(reply, context, id, address);
	if (ending === "cut") {
		const announced = reply.headers["content-length"];
		return refusal("BODY_TRUNCATED", `${address} closed the connection after ${bytes}${announced === void 0 ? "" : ` of ${clean(announced, [])}`} bytes of the body.`);
	}
	if (ending === "slow") return refusal("BODY_SLOW", `${address} sent only ${bytes} bytes of the body in ${seconds(reply.phases.body)}.`);
	if (bytes === 0) return refusal("EMPTY_200", `${address} answered HTTP ${status} with an empty body (${stated}).`);
	if (type === "text/html" || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)) {
		const title = titleOf(body);
		return refusal("HTML_PAGE", `${address} answered HTTP ${status} with ${title ? `a web page titled "${clean(title, context.secrets)}"` : `a web page, ${quoted(body, context)}`}.`);
	}
	if (type !== "application/json") return refusal("CONTENT_TYPE", `${address} answered HTTP ${status} with ${stated}, ${quoted(body, context)}.`);
	const parsed = parseJson(body.replace(/^\ufeff/, ""));
	if (parsed === void 0) return refusal("NOT_JSON", `${address} answered with ${quoted(body, context)}, which is not JSON.`);
	const messages = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	const stranger = messages.length > 1 ? messages.find((message) => !isJsonRpc(message)) : void 0;
	if (stranger !== void 0) return refusal("NOT_JSONRPC", `${address} answered with a batch that has a stranger among its messages: ${previewJson(stranger, context.secrets)}.`);
	return pickAnswer(messages.map(readMessage).filter((message) => message !== void 0), id, address, context) ?? refusal("NOT_JSONRPC", `${address} answered with JSON that is not a JSON-RPC 2.0 response: ${quoted(body, context)}.`);
}
function readStream(reply, context, id, address) {
	const stream = readEvents(reply.body);
	const messages = stream.events.filter(isMessage).filter((event) => event.data !== "");
	const parsed = messages.map((event) => parseJson(event.data));
	const answer = pickAnswer(parsed.map((json) => json && readMessage(json.value)).filter((message) => message !== void 0), id, address, context);
	if (answer) return answer;
	const bad = messages[parsed.indexOf(void 0)];
	if (bad) return refusal("SSE_BAD_JSON", `${address} sent an event that is not JSON, ${quoted(bad.data, context)}.`);
	const misnamed = stream.events.find((event) => !isMessage(event) && carriesAnswer(event.data, id));
	if (misnamed) return refusal("SSE_EVENT_NAME", `${address} sent the answer as "event: ${clean(misnamed.event ?? "", context.secrets)}", which clients ignore.`);
	const [code, sentence] = streamWithoutAnswer(stream, reply, address);
	return refusal(code, sentence, code === "SSE_SILENT" && stream.comments + stream.events.length > 0 ? { fix: SLOW_HANDLER_FIX } : {});
}
const SLOW_HANDLER_FIX = "The stream is alive, and the answer did not come: find out what the handler waits for, or raise mcp-request-timeout if it only takes long.";
function streamWithoutAnswer(stream, { ending, bytes }, address) {
	const got = `${count(stream.events.length, "event")} and ${count(stream.comments, "keep-alive comment")}`;
	if (ending === "slow" || ending === "enough") return ["SSE_SILENT", `${address} opened an event stream and sent ${got}, but no answer.`];
	if (stream.unfinished || ending === "cut") return ["SSE_TRUNCATED", `${address} closed the event stream inside an event, after ${bytes} bytes.`];
	return ["SSE_EMPTY", `${address} closed the event stream after ${got}, without the answer.`];
}
function titleOf(body) {
	const start = body.slice(0, 65536);
	const element = start.search(/<title/i);
	const text = element === -1 ? -1 : start.indexOf(">", element) + 1;
	return text < 1 ? void 0 : start.slice(text).split("<", 1)[0];
}
function readMessage(value) {
	if (!isObject(value) || value.jsonrpc !== "2.0") return void 0;
	const { jsonrpc: _, id, result, error, ...rest } = value;
	if (Object.keys(rest).length > 0) return void 0;
	if (isObject(result) && error === void 0) return {
		id,
		result
	};
	const rpc = readError(error);
	return rpc && result === void 0 ? {
		id,
		error: rpc
	} : void 0;
}
function isJsonRpc(value) {
	if (readMessage(value)) return true;
	if (!isObject(value) || value.jsonrpc !== "2.0" || typeof value.method !== "string") return false;
	const { jsonrpc: _, method: _method, id, params, ...rest } = value;
	return (id === void 0 || typeof id === "string" || Number.isInteger(id)) && (params === void 0 || isObject(params)) && Object.keys(rest).length === 0;
}
function pickAnswer(messages, id, address, context) {
	const answer = messages.find((message) => isId(message.id, id)) ?? messages.find(({ id, error }) => error && id == null);
	if (answer?.result) return {
		answered: true,
		result: answer.result
	};
	if (answer?.error) return readRpcError(answer.error, `${address} answered JSON-RPC ${answer.error.code} "${clean(answer.error.message, context.secrets)}".`);
	const other = messages[0];
	if (other === void 0) return void 0;
	return refusal("WRONG_ID", `${address} answered request ${id} with the id ${typeof other.id === "string" ? `"${clean(other.id, context.secrets)}"` : typeof other.id === "number" ? other.id : `of type ${typeof other.id}`}.`);
}
function isId(value, id) {
	return (typeof value === "number" || typeof value === "string") && Number(value) === id;
}
function readRpcError(rpc, sentence) {
	if (rpc.code === MODERN_RPC_CODES.headerMismatch) return refusal("MODERN_HEADERS_LOST", sentence, { rpc });
	if (rpc.code === MODERN_RPC_CODES.missingCapability) return refusal("CLIENT_CAPABILITY_MISSING", sentence, { rpc });
	return refusal(REFUSING_RPC_CODES.has(rpc.code) ? "RPC_REFUSED" : "RPC_ERROR", sentence, { rpc });
}
function readError(error) {
	if (!isObject(error) || !Number.isInteger(error.code)) return void 0;
	const message = typeof error.message === "string" ? error.message : "";
	return {
		code: error.code,
		message,
		data: error.data
	};
}
function rpcErrorIn(body) {
	const texts = /^\s*\{/.test(body) ? [body] : /^(?:event|data|id|retry|:)/.test(body) ? readEvents(body).events.map((e) => e.data) : [];
	for (const text of texts) {
		const json = parseJson(text)?.value;
		const error = isObject(json) && json.jsonrpc === "2.0" ? readError(json.error) : void 0;
		if (error) return error;
	}
}
function carriesAnswer(data, id) {
	const message = readMessage(parseJson(data)?.value);
	return message !== void 0 && isId(message.id, id);
}
const MOST_NODES = 3e5;
function isTooIntricate(text) {
	let nodes = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 123 || unit === 91 || unit === 58) nodes++;
	}
	return nodes > MOST_NODES;
}
function parseJson(text) {
	try {
		return isTooIntricate(text) ? void 0 : { value: JSON.parse(text) };
	} catch {
		return;
	}
}
function server(reply, { secrets }) {
	const name = header$1(reply, "server");
	return name === "" ? "" : ` (Server: ${clean(name, secrets)})`;
}
function header$1({ headers }, name) {
	return [headers[name] ?? []].flat().join(", ");
}
function quoted(body, { secrets }) {
	const text = clean(readableText(body), secrets);
	return body === "" ? "with an empty body" : text === "" ? "with a body without text" : `body "${text}"`;
}
function count(n, noun) {
	return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
// src/gate/rpc.ts
const CLIENT_INFO = {
	name: "terraform-mcp-deploy",
	version: "1"
};
async function send(conversation, message) {
	const { method, params, id, url } = message;
	const { answerTimeoutMs } = conversation;
	const requests = answerServerRequests(conversation, url, message.headers);
	const outcome = await exchange(conversation.target, {
		url,
		method: "POST",
		headers: {
			accept: "application/json, text/event-stream",
			"content-type": "application/json",
			...message.headers
		},
		body: JSON.stringify({
			jsonrpc: "2.0",
			...id !== void 0 && { id },
			method,
			...params && { params }
		}),
		...id !== void 0 && { onLines: answerWatch(id, requests.answer) },
		...answerTimeoutMs !== void 0 && {
			headersTimeoutMs: answerTimeoutMs,
			bodyTimeoutMs: answerTimeoutMs
		},
		...id === void 0 && { bodyTimeoutMs: conversation.target.times.notificationBodyTimeoutMs }
	});
	await requests.sent();
	const answer = recordReply(conversation, message, "POST", outcome);
	if (id === void 0 || outcome.kind === "fault" || answer.reply.answered) return answer;
	return await resumed(conversation, {
		...message,
		id
	}, outcome, answer.reply) ?? answer;
}
function recordReply(conversation, message, httpMethod, outcome) {
	const reply = readOutcome(outcome, requestContext(conversation.target, message));
	recordExchange(conversation, {
		era: conversation.era,
		step: message.method,
		method: httpMethod
	}, outcome, reply.answered ? "ok" : reply.code);
	return {
		reply,
		outcome
	};
}
function recordExchange({ target, exchanges }, what, outcome, verdict) {
	const entry = {
		...what,
		status: outcome.kind === "reply" ? outcome.status : null,
		bytes: outcome.kind === "reply" ? outcome.bytes : 0,
		phases: outcome.phases,
		elapsedMs: outcome.elapsedMs,
		verdict
	};
	exchanges.push(entry);
	target.observer?.onRecorded(entry, outcome);
}
function requestContext(target, { id, url, headers }) {
	return {
		...id !== void 0 && { id },
		url,
		inSession: headers?.["mcp-session-id"] !== void 0,
		authorized: Object.keys(target.headers).some((name) => name.toLowerCase() === "authorization"),
		isSigned: target.sign !== void 0,
		hasClientCertificate: target.hasClientCertificate,
		secrets: secretsOf(target.headers)
	};
}
const MAX_EVENTS = 5e3;
const MAX_SERVER_REQUESTS = 20;
function answerServerRequests(conversation, url, headers = {}) {
	const { target, era } = conversation;
	const answers = [];
	const post = async (method, body) => {
		const outcome = await exchange(target, {
			url,
			method: "POST",
			headers: {
				accept: "application/json, text/event-stream",
				"content-type": "application/json",
				...headers
			},
			body: JSON.stringify(body),
			bodyTimeoutMs: target.times.notificationBodyTimeoutMs
		});
		recordExchange(conversation, {
			era,
			step: `answer to ${method}`,
			method: "POST"
		}, outcome, "ok");
	};
	const answer = (message) => {
		if (era === "modern" || answers.length >= MAX_SERVER_REQUESTS) return;
		if (!isObject(message) || typeof message.method !== "string") return;
		const { id, method } = message;
		if (typeof id !== "string" && typeof id !== "number") return;
		const result = method === "ping" ? { result: {} } : { error: {
			code: -32601,
			message: "Method not found"
		} };
		answers.push(post(method === "ping" ? "ping" : "a request", {
			jsonrpc: "2.0",
			id,
			...result
		}));
	};
	return {
		answer,
		sent: () => Promise.all(answers)
	};
}
function answerWatch(id, onRequest) {
	let isAnswered = false;
	let isDoubtful = false;
	let count = 0;
	const parser = createParser({ onEvent: (event) => {
		if (++count > MAX_EVENTS || isAnswered || event.data === "") return;
		const value = parseJson(event.data)?.value;
		const answers = isObject(value) && (value.result !== void 0 || value.error !== void 0);
		if (isMessage(event) && answers && isId(value.id, id)) isAnswered = true;
		else if (answers || value === void 0) isDoubtful = true;
		else if (isMessage(event)) onRequest(value);
	} });
	return (lines) => {
		const before = isDoubtful;
		parser.feed(lines);
		if (isAnswered || count > MAX_EVENTS) return "enough";
		return isDoubtful && !before ? "soon" : "more";
	};
}
const MAX_FAILED_RESUMPTIONS = 2;
const MAX_RESUMPTIONS = 50;
async function resumed(conversation, message, first, refusal) {
	if (refusal.code !== "SSE_EMPTY" && refusal.code !== "SSE_TRUNCATED" || conversation.era !== "legacy") return;
	const { target } = conversation;
	const { resumeDelayMs, maxResumeDelayMs, phaseTimeoutsMs } = target.times;
	const end = Math.min(performance.now() + (target.requestTimeoutMs ?? phaseTimeoutsMs.body), target.deadline);
	let { lastEventId, retryMs } = readEvents(first.body);
	let answer;
	let failures = 0;
	for (let attempt = 0; attempt < MAX_RESUMPTIONS && lastEventId !== void 0; attempt++) {
		const id = Buffer.from(lastEventId, "utf8").toString("latin1");
		if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(id)) break;
		const delayMs = Math.min(retryMs ?? resumeDelayMs, maxResumeDelayMs);
		if (failures >= MAX_FAILED_RESUMPTIONS || attempt > 0 && performance.now() + delayMs > end) break;
		await setTimeout$1(delayMs);
		const requests = answerServerRequests(conversation, message.url, message.headers);
		const outcome = await exchange(target, {
			url: message.url,
			method: "GET",
			headers: {
				accept: "text/event-stream",
				...message.headers,
				"last-event-id": id
			},
			onLines: answerWatch(message.id, requests.answer)
		});
		await requests.sent();
		answer = recordReply(conversation, message, "GET", outcome);
		if (answer.reply.answered || outcome.kind === "fault") return answer;
		failures = outcome.status === 200 ? 0 : failures + 1;
		const next = readEvents(outcome.body);
		lastEventId = next.lastEventId ?? lastEventId;
		retryMs = next.retryMs ?? retryMs;
	}
	return answer?.reply.answered ? answer : void 0;
}
function failureOf({ code, sentence, fix, isCut, retryAfterMs }, step, era) {
	return {
		...failure(code, step, sentence, era),
		...fix !== void 0 && { fix },
		...isCut && { isCut },
		...retryAfterMs !== void 0 && { retryAfterMs }
	};
}
const INDIFFERENT_STATUSES = [
	401,
	403,
	407,
	408,
	421,
	424,
	429
];
function isCleanRefusal({ status, rpc }) {
	if (status === void 0) return false;
	return status < 300 ? rpc !== void 0 : status >= 400 && status < 500 && !INDIFFERENT_STATUSES.includes(status);
}
function isEraOffered(era, step, refusal) {
	switch (era) {
		case "legacy": return step !== "initialize" || !refusesInitialize(refusal);
		case "modern": return step !== "server/discover" || refusal.rpc !== void 0 && refusal.code === "NO_COMMON_VERSION";
		case "http-sse": return true;
	}
}
function refusesInitialize(refusal) {
	const { code, status = 0 } = refusal;
	return code === "LEGACY_CLIENTS_LOCKED_OUT" || code === "RPC_REFUSED" || status >= 400 && isCleanRefusal(refusal);
}
function failed(conversation, step, refusal, since) {
	return {
		verdict: "failed",
		failure: failureOf(refusal, step, conversation.era),
		isOffered: isEraOffered(conversation.era, step, refusal),
		warnings: [],
		elapsedMs: performance.now() - since
	};
}
function unfitRefusal(code, sentence) {
	return {
		answered: false,
		code,
		sentence
	};
}
// src/gate/schemas.ts
const being = (what, test) => (value, path) => test(value) ? void 0 : path === "" ? `is not ${what}` : `has ${path} that is not ${what}`;
const text = being("a string", (value) => typeof value === "string");
const flag = being("true or false", (value) => typeof value === "boolean");
const object = being("an object", isObject);
const list$1 = being("a list", Array.isArray);
const structure = being("an object", (value) => typeof value === "object" && value !== null);
const token = being("a string or a whole number", (value) => typeof value === "string" || Number.isInteger(value));
const oneOf = (...choices) => being(choices.map((choice) => `"${choice}"`).join(" or "), (value) => choices.some((choice) => choice === value));
const listOf = (item) => (value, path) => {
	if (!Array.isArray(value)) return list$1(value, path);
	for (const [index, each] of value.entries()) {
		const fault = item(each, `${path}[${index}]`);
		if (fault) return fault;
	}
};
const mapOf = (item) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	for (const key of Object.keys(value)) {
		const fault = item(value[key], `${path}.${key}`);
		if (fault) return fault;
	}
};
const members = (needed, optional = {}) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	const at = (name) => path === "" ? name : `${path}.${name}`;
	for (const [name, shape] of Object.entries(needed)) {
		const fault = value[name] === void 0 ? `has no ${at(name)}` : shape(value[name], at(name));
		if (fault) return fault;
	}
	for (const [name, shape] of Object.entries(optional)) {
		const fault = value[name] === void 0 ? void 0 : shape(value[name], at(name));
		if (fault) return fault;
	}
};
const icons = listOf(members({ src: text }, {
	mimeType: text,
	sizes: listOf(text),
	theme: oneOf("light", "dark")
}));
const listChanging = members({}, { listChanged: flag });
const capabilities = {
	experimental: mapOf(structure),
	logging: structure,
	completions: structure,
	prompts: listChanging,
	resources: members({}, {
		subscribe: flag,
		listChanged: flag
	}),
	tools: listChanging,
	extensions: mapOf(structure)
};
const tasks = members({}, {
	list: structure,
	cancel: structure,
	requests: members({}, { tools: members({}, { call: structure }) })
});
const implementation = members({
	name: text,
	version: text
}, {
	title: text,
	icons,
	websiteUrl: text,
	description: text
});
const resultMeta = members({}, {
	progressToken: token,
	"io.modelcontextprotocol/related-task": members({ taskId: text })
});
const initializeResult = members({
	protocolVersion: text,
	capabilities: members({}, {
		...capabilities,
		tasks
	}),
	serverInfo: implementation
}, {
	instructions: text,
	_meta: resultMeta
});
const complete = { resultType: oneOf("complete") };
const discoverResult = members({
	supportedVersions: listOf(text),
	capabilities: members({}, capabilities)
}, {
	resultType: text,
	instructions: text,
	_meta: object
});
const page = { tools: list$1 };
const duration = being("a whole number of milliseconds", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const legacyPage = members(page, {
	nextCursor: text,
	_meta: resultMeta
});
const modernPage = members({
	...complete,
	...page,
	ttlMs: duration,
	cacheScope: oneOf("public", "private")
}, {
	nextCursor: text,
	_meta: object
});
const described = {
	title: text,
	description: text,
	icons,
	annotations: members({}, {
		title: text,
		readOnlyHint: flag,
		destructiveHint: flag,
		idempotentHint: flag,
		openWorldHint: flag
	}),
	_meta: object
};
const objectSchema = members({ type: oneOf("object") }, {
	properties: mapOf(structure),
	required: listOf(text)
});
const legacyTool = members({
	name: text,
	inputSchema: objectSchema
}, {
	...described,
	outputSchema: objectSchema,
	execution: members({}, { taskSupport: oneOf("required", "optional", "forbidden") })
});
const modernTool = members({
	name: text,
	inputSchema: members({ type: oneOf("object") }, { $schema: text })
}, {
	...described,
	outputSchema: members({}, { $schema: text })
});
// src/gate/tools.ts
const MAX_PAGES = 64;
const MAX_BYTES = 8388608;
async function listTools(ask, isModern, secrets) {
	const tools = [];
	const cursors = new Set();
	let bytes = 0;
	for (let cursor;;) {
		const { reply, outcome } = await ask("tools/list", cursor === void 0 ? {} : { cursor });
		if (!reply.answered) return isUnbuildable(reply) ? {
			...reply,
			code: "LIST_UNBUILDABLE"
		} : reply;
		const page = readPage(reply.result, isModern, secrets);
		if ("answered" in page) return page;
		if (!isModern && page.tools.some(({ outputSchema }) => outputSchema !== void 0)) {
			const { findUncompilable } = await import("./output-schemas.js");
			const uncompilable = await findUncompilable(page.tools);
			if (uncompilable) return badOutputSchema(uncompilable, secrets);
		}
		for (const tool of page.tools) tools.push(tool);
		if (page.nextCursor === void 0) return {
			...readList(tools, isModern, secrets),
			pages: cursors.size + 1
		};
		if (cursors.has(page.nextCursor)) return unfitRefusal("PAGINATION_LOOP", `tools/list gave the cursor "${clean(page.nextCursor, secrets)}" twice.`);
		cursor = page.nextCursor;
		cursors.add(cursor);
		bytes += outcome.kind === "reply" ? outcome.bytes : 0;
		if (cursors.size >= MAX_PAGES || bytes > MAX_BYTES) return unfitRefusal("PAGINATION_LOOP", `tools/list has no end after ${cursors.size} pages and ${tools.length} tools.`);
	}
}
function readList(tools, isModern, secrets) {
	if (tools.length === 0) return {
		tools,
		warnings: ["tools/list names no tool, so clients have nothing to call."]
	};
	if (!isModern) return {
		tools,
		warnings: []
	};
	const warnings = [];
	return {
		tools: tools.filter(({ name, inputSchema }) => {
			const fault = findHeaderFault(inputSchema);
			if (fault !== void 0) warnings.push(`Clients of 2026-07-28 leave the tool "${clean(name, secrets)}" out, because of its x-mcp-header: ${clean(fault, secrets)}.`);
			return fault === void 0;
		}),
		warnings: warnings.slice(0, MAX_TOOL_WARNINGS)
	};
}
const MAX_TOOL_WARNINGS = 20;
function isUnbuildable({ rpc }) {
	return rpc !== void 0 && /recursi|circular|json schema|pydantic/i.test(rpc.message.slice(0, 2e3));
}
function badOutputSchema({ tool, fault }, secrets) {
	const sentence = `The tools/list result is not valid: tool "${clean(tool, secrets)}" has an outputSchema that clients cannot compile: ${clean(fault, secrets)}.`;
	const fix = "Correct the outputSchema of this tool (each $ref must point into the same schema), or leave it out: clients compile it when they list the tools, and refuse the whole list otherwise.";
	return {
		...unfitRefusal("BAD_TOOLS", sentence),
		fix
	};
}
function readPage(result, isModern, secrets) {
	const bad = (what) => unfitRefusal("BAD_TOOLS", `The tools/list result is not valid: ${what}.`);
	const fault = (isModern ? modernPage : legacyPage)(result, "");
	if (fault && isModern && legacyPage(result, "") === void 0) return unfitRefusal("BAD_MODERN_RESULT", `The tools/list result ${clean(fault, secrets)}.`);
	if (fault) return bad(`it ${clean(fault, secrets)}`);
	const { tools, nextCursor } = result;
	const listed = [];
	for (const [index, tool] of tools.entries()) {
		const named = isObject(tool) && typeof tool.name === "string" ? `"${clean(tool.name, secrets)}"` : `number ${index + 1}`;
		if (!isObject(tool)) return bad(`tool ${named} is not an object`);
		const toolFault = (isModern ? modernTool : legacyTool)(tool, "");
		if (toolFault) return bad(`tool ${named} ${clean(toolFault, secrets)}`);
		listed.push(toolFields(tool));
	}
	return {
		tools: listed,
		...nextCursor !== void 0 && { nextCursor }
	};
}
function toolFields({ name, title, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...title !== void 0 && { title },
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function closest(wanted, names) {
	const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
	const goal = plain(wanted);
	const best = names.slice(0, 2e3).map((name) => {
		const other = plain(name).slice(0, 128);
		return {
			name,
			distance: goal !== "" && other !== "" && (other.includes(goal) || goal.includes(other)) ? Math.min(1, Math.abs(other.length - goal.length)) : editDistance(goal.slice(0, 128), other)
		};
	}).sort((a, b) => a.distance - b.distance)[0];
	return best && best.distance <= Math.max(1, Math.floor(goal.length / 3)) ? best.name : void 0;
}
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[b.length] ?? b.length;
}
// src/gate/expectations.ts
async function checkOffer({ conversation, step, protocolVersion, offer, ask, isModern, since }, expected, secrets) {
	const refused = findVersionFault(offer, expected, secrets);
	if (refused) return failed(conversation, step, refused, since);
	const allowed = readCapabilities(offer.capabilities, expected.tools);
	if ("answered" in allowed) return failed(conversation, step, allowed, since);
	const listing = allowed.listsTools ? await listTools(ask, isModern, secrets) : {
		tools: [],
		pages: 0,
		warnings: await warningsWithoutTools(ask, offer)
	};
	if ("answered" in listing) return failed(conversation, "tools/list", listing, since);
	const missing = findMissingTool(listing.tools, expected.tools, secrets);
	if (missing) return failed(conversation, "tools/list", missing, since);
	return {
		verdict: "passed",
		protocolVersion,
		...offer.serverInfo && { serverInfo: offer.serverInfo },
		...allowed.listsTools && {
			tools: listing.tools,
			pages: listing.pages
		},
		warnings: listing.warnings,
		elapsedMs: performance.now() - since
	};
}
async function warningsWithoutTools(ask, { capabilities }) {
	const method = capabilities.resources === void 0 ? "prompts/list" : "resources/list";
	const { reply } = await ask(method, {});
	return ["The server declares no tools, only prompts or resources.", ...reply.answered || reply.isCut ? [] : [`It declares what ${method} lists, and ${method} fails (${reply.code}): ${reply.sentence}`]];
}
function findOfferFault(offer, expected, secrets) {
	const allowed = readCapabilities(offer.capabilities, expected.tools);
	return findVersionFault(offer, expected, secrets) ?? ("answered" in allowed ? allowed : void 0);
}
function findVersionFault({ serverInfo }, { version }, secrets) {
	if (version === void 0 || serverInfo?.version === clean(version, secrets)) return void 0;
	return unfitRefusal("OLD_REVISION", `The server gives ${serverInfo === void 0 ? "no serverInfo" : `version "${serverInfo.version}" of "${serverInfo.name}"`}; "${clean(version, secrets)}" is expected.`);
}
function readCapabilities(capabilities, expected) {
	if (capabilities.tools !== void 0) return { listsTools: true };
	if (expected.length === 0 && (capabilities.prompts !== void 0 || capabilities.resources !== void 0)) return { listsTools: false };
	return unfitRefusal("NO_TOOLS_CAPABILITY", "The server does not declare the tools capability.");
}
function findMissingTool(tools, expected, secrets) {
	const names = tools.map(({ name }) => name);
	const listed = new Set(names);
	const missing = expected.filter((name) => !listed.has(name));
	const [first] = missing;
	if (first === void 0) return void 0;
	const similar = closest(first, names);
	const others = missing.length > 1 ? ` (and ${missing.length - 1} more)` : "";
	const close = similar === void 0 ? "" : `; close: "${clean(similar, secrets)}"`;
	const has = names.length === 0 ? "no tools" : names.slice(0, 8).map((name) => clean(name, secrets)).join(", ");
	return unfitRefusal("TOOL_MISSING", `The tool "${clean(first, secrets)}"${others} is not listed (has: ${clean(has, secrets)}${close}).`);
}
function findContractFault(tools, { contract }, secrets) {
	if (contract === void 0) return void 0;
	const now = contractOf(tools);
	const broken = (what) => unfitRefusal("CONTRACT_BROKEN", `The tools are not those of ${contract.path}: ${what}.`);
	if (now === void 0) return broken("a schema is nested too deep to be compared");
	const { removed, breaking, counts } = compareContracts(contract.tools, now.tools);
	const changes = [...removed.slice(0, 3).map((name) => `"${clean(name, secrets)}" is gone`), ...breaking.slice(0, 3).map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`)].slice(0, 3);
	const more = counts.removed + counts.breaking - changes.length;
	return changes.length === 0 ? void 0 : broken(`${changes.join("; ")}${more > 0 ? ` and ${more} more` : ""}`);
}
// src/gate/legacy.ts
const LEGACY_VERSIONS = [
	"2025-11-25",
	"2025-06-18",
	"2025-03-26",
	"2024-11-05",
	"2024-10-07"
];
async function probeStreamable(conversation, expected, { withCookies = false, lists = 1, opensStream = false } = {}) {
	const secrets = secretsOf(conversation.target.headers);
	const since = performance.now();
	const opening = await initialize(conversation);
	const { session, cookies } = opening;
	const isSession = session["mcp-session-id"] !== void 0;
	const traits = {
		inSession: isSession,
		setsCookies: cookies !== ""
	};
	const headers = {
		...session,
		...withCookies && cookies !== "" && { cookie: cookies }
	};
	const { server } = opening;
	if ("answered" in server) {
		if (isSession) await endSession(conversation, headers);
		const result = failed(conversation, "initialize", server, since);
		return {
			...result,
			...traits,
			listings: [result]
		};
	}
	const inVersion = {
		...headers,
		"mcp-protocol-version": server.protocolVersion
	};
	let streamWarning;
	const use = async () => {
		const { endpoint: url } = conversation.target;
		const { reply } = await send(conversation, {
			method: "notifications/initialized",
			url,
			headers: inVersion
		});
		if (!reply.answered) return [failed(conversation, "notifications/initialized", reply, since)];
		const opened = {
			conversation,
			step: "initialize",
			protocolVersion: server.protocolVersion,
			offer: server,
			ask: legacyRequests(conversation, inVersion),
			isModern: false,
			since
		};
		const stream = opensStream ? openGetStream(conversation, inVersion) : void 0;
		const listings = [await checkOffer(opened, expected, secrets)];
		while (listings.length < lists && listings.at(-1)?.failure?.code !== "SESSION_LOST") listings.push(await checkOffer(opened, expected, secrets));
		streamWarning = await stream?.close();
		return listings;
	};
	const listings = await use();
	if (isSession) await endSession(conversation, inVersion);
	const [first] = listings;
	return {
		...listings.find(({ verdict }) => verdict !== "passed") ?? first,
		...traits,
		listings,
		...streamWarning !== void 0 && { streamWarning }
	};
}
async function inLegacySession(conversation, use) {
	const { endpoint: url } = conversation.target;
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return server;
	const headers = {
		...session,
		"mcp-protocol-version": server.protocolVersion
	};
	const { reply } = await send(conversation, {
		method: "notifications/initialized",
		url,
		headers
	});
	const result = reply.answered ? await use(legacyRequests(conversation, headers)) : reply;
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, headers);
	return result;
}
function openGetStream(conversation, headers) {
	const { target, era } = conversation;
	const { endpoint: url } = target;
	const closing = new AbortController();
	const opened = Promise.withResolvers();
	const requests = answerServerRequests(conversation, url, headers);
	const parser = createParser({ onEvent: (event) => isMessage(event) && requests.answer(parseJson(event.data)?.value) });
	const ended = exchange(target, {
		url,
		method: "GET",
		headers: {
			accept: "text/event-stream",
			...headers
		},
		headersTimeoutMs: target.times.streamHeadersTimeoutMs,
		signal: closing.signal,
		onHeaders: () => opened.resolve(),
		onLines: (lines) => {
			parser.feed(lines);
			return "more";
		}
	});
	const close = async () => {
		await Promise.race([opened.promise, ended]);
		closing.abort();
		const outcome = await ended;
		await requests.sent();
		const code = streamFault(outcome);
		recordExchange(conversation, {
			era,
			step: "GET",
			method: "GET"
		}, outcome, code ?? "ok");
		if (code === void 0) return "";
		const observed = outcome.kind === "fault" ? `sent no response headers in ${target.times.streamHeadersTimeoutMs} ms` : `answered HTTP ${outcome.status}`;
		return `${code}: GET ${url.origin}${url.pathname}, with which clients open the stream of the session, ${observed}. ${codes[code].fix}`;
	};
	return { close };
}
function streamFault(outcome) {
	if (outcome.isCut) return void 0;
	if (outcome.kind === "fault") return outcome.code === "DEADLINE" && outcome.phase === "headers" ? "GET_STREAM_SILENT" : void 0;
	return outcome.status === 403 || outcome.status >= 500 ? "GET_STREAM_REFUSED" : void 0;
}
async function initialize(conversation) {
	const { endpoint: url, headers } = conversation.target;
	const opened = await send(conversation, {
		method: "initialize",
		id: 1,
		url,
		params: initializeParams
	});
	const { reply } = opened;
	return {
		server: reply.answered ? readInitializeResult(reply.result, secretsOf(headers)) : lockedOut(reply) ?? reply,
		session: reply.answered ? sessionOf(opened) : {},
		cookies: cookiesOf(opened)
	};
}
async function endSession(conversation, headers) {
	const { endpoint: url, avoidsClientErrors } = conversation.target;
	if (avoidsClientErrors) return;
	const { endSessionTimeoutMs } = conversation.target.times;
	const outcome = await exchange(conversation.target, {
		url,
		method: "DELETE",
		headers,
		headersTimeoutMs: endSessionTimeoutMs,
		bodyTimeoutMs: endSessionTimeoutMs
	});
	recordReply(conversation, {
		method: "DELETE",
		url,
		headers
	}, "DELETE", outcome);
}
function legacyRequests(conversation, headers) {
	let id = 1;
	return (method, params) => send(conversation, {
		method,
		id: ++id,
		url: conversation.target.endpoint,
		headers,
		params: { ...params }
	});
}
const initializeParams = {
	protocolVersion: LEGACY_VERSIONS[0],
	capabilities: {},
	clientInfo: CLIENT_INFO
};
function readInitializeResult(result, secrets) {
	const fault = initializeResult(result, "");
	if (fault) return unfitRefusal("BAD_INIT_RESULT", `The initialize result ${clean(fault, secrets)}.`);
	const { protocolVersion, capabilities, serverInfo } = result;
	const { name, version } = serverInfo;
	if (!LEGACY_VERSIONS.some((known) => known === protocolVersion)) return unfitRefusal("NO_COMMON_VERSION", `initialize was answered with protocol version "${clean(protocolVersion, secrets)}", which clients do not speak.`);
	return {
		protocolVersion,
		capabilities,
		serverInfo: {
			name: clean(name, secrets),
			version: clean(version, secrets)
		}
	};
}
function lockedOut({ rpc, sentence }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion) return void 0;
	return (isObject(rpc.data) && Array.isArray(rpc.data.supported) ? rpc.data.supported : []).some((version) => LEGACY_VERSIONS.some((known) => known === version)) ? void 0 : unfitRefusal("LEGACY_CLIENTS_LOCKED_OUT", `initialize is refused, only 2026-07-28 is served: ${sentence}`);
}
function sessionOf({ outcome }) {
	const id = outcome.kind === "reply" ? outcome.headers["mcp-session-id"] : void 0;
	return typeof id === "string" && id !== "" ? { "mcp-session-id": id } : {};
}
function cookiesOf({ outcome }) {
	return (outcome.kind === "reply" ? outcome.headers["set-cookie"] ?? [] : []).map((cookie) => cookie.split(";", 1)[0]).join("; ");
}
// src/gate/legacy-sse.ts
async function probeSse(conversation, expected) {
	const secrets = secretsOf(conversation.target.headers);
	const since = performance.now();
	return await useSession(conversation, (step, refusal) => failed(conversation, step, refusal, since), (ask, server) => {
		const { protocolVersion } = server;
		return checkOffer({
			conversation,
			step: "initialize",
			protocolVersion,
			offer: server,
			ask,
			isModern: false,
			since
		}, expected, secrets);
	});
}
function inSseSession(conversation, use) {
	return useSession(conversation, (_step, refusal) => refusal, use);
}
async function useSession(conversation, fail, use) {
	const secrets = secretsOf(conversation.target.headers);
	const stream = openStream$1(conversation);
	try {
		const address = await stream.endpoint;
		if ("answered" in address) return fail("endpoint", address);
		let id = 0;
		const request = async (method, params) => {
			return await stream.listenFor(++id)(await post(conversation, {
				method,
				params,
				id,
				url: address.url
			}));
		};
		const opened = await request("initialize", initializeParams);
		if (!opened.reply.answered) return fail("initialize", opened.reply);
		const server = readInitializeResult(opened.reply.result, secrets);
		if ("answered" in server) return fail("initialize", server);
		const { reply } = await send(conversation, {
			method: "notifications/initialized",
			url: address.url
		});
		if (!reply.answered) return fail("notifications/initialized", reply);
		return await use(request, server);
	} finally {
		await stream.close();
	}
}
async function post(conversation, { method, params, id, url }) {
	const outcome = await exchange(conversation.target, {
		url,
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({
			jsonrpc: "2.0",
			id,
			method,
			params
		})
	});
	const posted = recordReply(conversation, {
		method,
		url
	}, "POST", outcome);
	if (posted.reply.answered) return posted;
	return {
		outcome,
		reply: explainPost(posted.reply, outcome, url, conversation.target.endpoint)
	};
}
function explainPost(refusal, outcome, posted, endpoint) {
	const { status } = refusal;
	if (status !== 400 && status !== 404 && status !== 405) return refusal;
	const body = outcome.kind === "reply" ? outcome.body.slice(0, 2e3) : "";
	if (status !== 405 && /session|transport/i.test(body)) return {
		...refusal,
		code: "SESSION_LOST",
		sentence: `The stream names a session that the server does not know: ${refusal.sentence}`
	};
	const folder = endpoint.pathname.slice(0, endpoint.pathname.lastIndexOf("/") + 1);
	if (status === 400 || posted.pathname.startsWith(folder)) return refusal;
	const sentence = `The endpoint event names ${posted.pathname}, which is not below ${folder}, where the stream is: ${refusal.sentence}`;
	return {
		...refusal,
		code: "SSE_ENDPOINT_PREFIX",
		sentence
	};
}
function openStream$1(conversation) {
	const { endpoint: url, headers, times } = conversation.target;
	const bodyTimeoutMs = conversation.target.requestTimeoutMs ?? times.phaseTimeoutsMs.body;
	const secrets = secretsOf(headers);
	const closing = new AbortController();
	const address = Promise.withResolvers();
	const waiting = new Map();
	let unclaimed = "";
	let requests;
	const parser = createParser({ onEvent: (event) => {
		if (event.event === "endpoint") {
			const named = endpointOf(event.data, url, secrets);
			if (!("answered" in named)) requests ??= answerServerRequests(conversation, named.url);
			return address.resolve(named);
		}
		if (!isMessage(event)) return;
		const value = parseJson(event.data)?.value;
		requests?.answer(value);
		const answeredId = isObject(value) ? [...waiting.keys()].find((id) => isId(value.id, id)) : void 0;
		if (answeredId === void 0) unclaimed = event.data;
		else waiting.get(answeredId)?.(event.data);
	} });
	const late = setTimeout(() => closing.abort(), times.endpointEventTimeoutMs);
	const ended = exchange(conversation.target, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		bodyTimeoutMs: 6 * bodyTimeoutMs,
		signal: closing.signal,
		onLines: (lines) => {
			parser.feed(lines);
			return "more";
		}
	});
	address.promise.then(() => clearTimeout(late));
	ended.then((outcome) => {
		recordReply(conversation, {
			method: "endpoint",
			url
		}, "GET", outcome);
		address.resolve(withoutEndpoint(outcome, url, secrets));
	});
	const listenFor = (id) => {
		const arrived = Promise.withResolvers();
		waiting.set(id, (data) => arrived.resolve({
			data,
			ending: "enough"
		}));
		ended.then(() => arrived.resolve({
			data: unclaimed,
			ending: "end"
		}));
		return async (posted) => {
			if (!posted.reply.answered) return posted;
			const started = performance.now();
			const remainingMs = Math.max(conversation.target.deadline - started, times.minPhaseTimeoutMs);
			const cut = remainingMs < bodyTimeoutMs ? { isCut: true } : {};
			const expired = setTimeout(() => arrived.resolve({
				data: unclaimed,
				ending: "slow",
				...cut
			}), Math.min(remainingMs, bodyTimeoutMs));
			const { data, ending, isCut } = await arrived.promise;
			clearTimeout(expired);
			waiting.delete(id);
			const lines = data.split("\n").map((line) => `data: ${line}\n`);
			const body = performance.now() - started;
			const outcome = {
				kind: "reply",
				status: 200,
				headers: { "content-type": "text/event-stream" },
				body: data === "" ? "" : `${lines.join("")}\n`,
				bytes: data.length,
				ending,
				...isCut && { isCut },
				phases: {
					...posted.outcome.phases,
					body
				},
				elapsedMs: posted.outcome.elapsedMs + body
			};
			return {
				outcome,
				reply: readOutcome(outcome, {
					id,
					url,
					inSession: false,
					authorized: false,
					secrets
				})
			};
		};
	};
	const close = async () => {
		clearTimeout(late);
		closing.abort();
		await ended;
		await requests?.sent();
	};
	return {
		endpoint: address.promise,
		listenFor,
		close
	};
}
function endpointOf(data, base, secrets) {
	const url = URL.parse(data, base.href);
	if (url?.origin === base.origin) return { url };
	return unfitRefusal("SSE_FOREIGN_ENDPOINT", `The endpoint event names "${clean(data, secrets)}", which is not on ${base.origin}.`);
}
function withoutEndpoint(outcome, url, secrets) {
	const reply = readOutcome(outcome, {
		id: 0,
		url,
		inSession: false,
		authorized: false,
		secrets
	});
	const isStream = outcome.kind === "reply" && outcome.status === 200 && isEventStream(outcome.headers);
	if (!isStream && !reply.answered) return reply;
	const address = `${url.origin}${url.pathname}`;
	return unfitRefusal("SSE_NO_ENDPOINT", isStream && outcome.bytes === 0 && outcome.ending === "enough" ? `GET ${address} opened an event stream and sent nothing, not even the endpoint event.` : `GET ${address} opened no event stream with an endpoint event.`);
}
// src/gate/modern.ts
const MODERN_VERSION = "2026-07-28";
const META = "io.modelcontextprotocol";
async function probeModern(conversation, expected) {
	const since = performance.now();
	const discovery = await discover(conversation);
	if ("refusal" in discovery) {
		const result = failed(conversation, "server/discover", discovery.refusal, since);
		return discovery.absent ? {
			...result,
			verdict: "absent"
		} : result;
	}
	return await checkOffer({
		conversation,
		step: "server/discover",
		protocolVersion: MODERN_VERSION,
		offer: discovery,
		ask: modernRequests(conversation),
		isModern: true,
		since
	}, expected, secretsOf(conversation.target.headers));
}
async function discover(conversation) {
	const secrets = secretsOf(conversation.target.headers);
	let { reply } = await ask$1(conversation, 1, "server/discover", {});
	if (!reply.answered && supportedIn(reply)?.includes(MODERN_VERSION)) ({reply} = await ask$1(conversation, 2, "server/discover", {}));
	if (!reply.answered) return classifyRefusal(reply, secrets);
	const server = readDiscoverResult(reply.result, secrets);
	if (!("answered" in server)) return server;
	const listed = reply.result.supportedVersions;
	return {
		absent: server.code === "NO_COMMON_VERSION" && Array.isArray(listed) && !listed.some(isModernVersion),
		refusal: server
	};
}
function isModernVersion(version) {
	return typeof version === "string" && version >= MODERN_VERSION;
}
function modernRequests(conversation, headers = {}) {
	let id = 10;
	return (method, params) => ask$1(conversation, ++id, method, params, headers);
}
function ask$1(conversation, id, method, params, headers = {}) {
	return send(conversation, {
		method,
		id,
		url: conversation.target.endpoint,
		headers: {
			"mcp-protocol-version": MODERN_VERSION,
			"mcp-method": method,
			...headers
		},
		params: {
			...params,
			_meta: {
				[`${META}/protocolVersion`]: MODERN_VERSION,
				[`${META}/clientInfo`]: CLIENT_INFO,
				[`${META}/clientCapabilities`]: {}
			}
		}
	});
}
function readDiscoverResult(result, secrets) {
	const fault = discoverResult(result, "");
	if (fault) return unfitRefusal("BAD_DISCOVER_RESULT", `The server/discover result ${clean(fault, secrets)}.`);
	const { capabilities, _meta } = result;
	const supportedVersions = result.supportedVersions;
	if (!supportedVersions.includes(MODERN_VERSION)) return noCommonVersion(supportedVersions, secrets);
	const info = isObject(_meta) ? _meta[`${META}/serverInfo`] : void 0;
	return {
		capabilities,
		...isObject(info) && typeof info.name === "string" && typeof info.version === "string" && { serverInfo: {
			name: clean(String(info.name), secrets),
			version: clean(String(info.version), secrets)
		} }
	};
}
function classifyRefusal(refusal, secrets) {
	const { rpc } = refusal;
	const supported = supportedIn(refusal);
	if (supported) {
		const isModern = supported.some(isModernVersion);
		const sameRpc = rpc ? { rpc } : {};
		return {
			absent: !isModern,
			refusal: isModern ? {
				...noCommonVersion(supported, secrets),
				...sameRpc
			} : refusal
		};
	}
	if (rpc && (rpc.code === MODERN_RPC_CODES.headerMismatch || rpc.code === MODERN_RPC_CODES.missingCapability)) return {
		absent: false,
		refusal
	};
	if (refusal.status !== void 0 && refusal.status >= 500) return {
		absent: false,
		refusal
	};
	const isElsewhere = refusal.code === "ALB_404" || refusal.code === "PORT_SPEAKS_TLS";
	return {
		absent: isCleanRefusal(refusal) && !isElsewhere,
		refusal
	};
}
function supportedIn({ rpc }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion || !isObject(rpc.data)) return void 0;
	const { supported } = rpc.data;
	return Array.isArray(supported) ? supported.filter((version) => typeof version === "string") : void 0;
}
function noCommonVersion(supported, secrets) {
	return unfitRefusal("NO_COMMON_VERSION", `The server supports the protocol versions ${clean(supported.slice(0, 10).join(", "), secrets) || "none"}, not ${MODERN_VERSION}.`);
}
// src/gate/eras.ts
const ERAS = [
	"modern",
	"legacy",
	"http-sse"
];
const NOT_ASKED = {
	verdict: "absent",
	warnings: [],
	elapsedMs: 0
};
const MAX_STREAM_TRIES = 2;
function timeoutFor({ verdict, elapsedMs, failure }, memory, { minDiscoverTimeoutMs, minSilentDiscoverTimeoutMs, phaseTimeoutsMs }) {
	const minMs = memory.modernIsSilent ? minSilentDiscoverTimeoutMs : minDiscoverTimeoutMs;
	if (verdict === "passed") return Math.min(Math.max(minMs, 5 * elapsedMs), phaseTimeoutsMs.headers);
	return failure?.code === "HEADERS_TIMEOUT" ? minDiscoverTimeoutMs : void 0;
}
async function probeEras(target, transport, expected, exchanges, require = "any", memory = { modernIsSilent: false }) {
	const conversationIn = (era) => ({
		target,
		era,
		exchanges
	});
	if (transport === "sse") return {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": await probeSse(conversationIn("http-sse"), expected)
	};
	let legacy = await probeLegacy(conversationIn("legacy"), expected, memory);
	if (legacy.failure && isSameForAllEras(legacy.failure)) {
		const { inSession: _, setsCookies: _cookies, ...same } = legacy;
		return {
			modern: {
				...same,
				failure: {
					...legacy.failure,
					era: "modern"
				}
			},
			legacy,
			"http-sse": NOT_ASKED
		};
	}
	let modern = NOT_ASKED;
	if (asksModern(require, legacy, target)) {
		const answerTimeoutMs = require === "modern" || require === "both" ? void 0 : timeoutFor(legacy, memory, target.times);
		modern = await probeModern({
			...conversationIn("modern"),
			...answerTimeoutMs && { answerTimeoutMs }
		}, expected);
		memory.modernIsSilent = modern.failure?.code === "HEADERS_TIMEOUT";
		if (legacy.verdict === "passed") modern = asDiscoverFailure(modern);
		legacy = await afterDiscover(conversationIn("legacy"), legacy, modern, memory);
	}
	if (transport === "streamable-http" || modern.verdict === "passed" || !mayBeOldTransport(legacy)) return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const sse = await probeSse(conversationIn("http-sse"), expected);
	if (!claimsOldTransport(sse)) return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const { failure: _, isOffered: _offer, ...absent } = legacy;
	return {
		modern,
		legacy: {
			...absent,
			verdict: "absent"
		},
		"http-sse": sse
	};
}
const FIRST_ROBUST_VERSION = "2025-06-18";
function asksModern(require, { verdict, protocolVersion = "" }, { avoidsClientErrors }) {
	if (require === "modern" || require === "both") return true;
	if (avoidsClientErrors && verdict === "passed") return false;
	return require === "any" && !(verdict === "passed" && protocolVersion < FIRST_ROBUST_VERSION);
}
async function probeLegacy(conversation, expected, memory) {
	const tries = memory.streamTries ?? 0;
	const legacy = await probeStreamable(conversation, expected, { opensStream: conversation.target.avoidsClientErrors !== true && tries < MAX_STREAM_TRIES && (tries === 0 || memory.streamWarning !== void 0) });
	if (legacy.streamWarning !== void 0) {
		memory.streamTries = tries + 1;
		memory.streamWarning = legacy.streamWarning || void 0;
	}
	const warnings = memory.streamWarning === void 0 ? [] : [memory.streamWarning];
	return {
		...legacy,
		warnings: [...legacy.warnings, ...warnings]
	};
}
async function afterDiscover(conversation, legacy, { verdict, isOffered, failure: fault }, memory) {
	const isSuspect = verdict === "failed" && !isOffered && fault !== void 0 && !isInterruption(fault);
	if (legacy.verdict !== "passed" || !isSuspect || memory.survivesDiscover) return legacy;
	const since = performance.now();
	let last;
	for (const delay of conversation.target.times.survivalDelaysMs) {
		if (delay > 0) await sleep(delay);
		const { server, session } = await initialize(conversation);
		if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
		if (!("answered" in server) || server.isCut || server.code === "RATE_LIMITED") {
			memory.survivesDiscover = !("answered" in server);
			return legacy;
		}
		last = server;
	}
	const sentence = `The server answered initialize and tools/list, and after server/discover it does not answer any more: ${last?.sentence}`;
	const { inSession, setsCookies, listings } = legacy;
	return {
		...failed(conversation, "server/discover", unfitRefusal("DISCOVER_FATAL", sentence), since),
		inSession,
		setsCookies,
		listings
	};
}
function asDiscoverFailure(modern) {
	const { failure: fault } = modern;
	const isServerError = fault?.code === "SERVER_ERROR" || fault?.code === "RPC_ERROR";
	if (fault === void 0 || !isServerError || fault.step !== "server/discover" || fault.isCut) return modern;
	return {
		...modern,
		failure: failure("DISCOVER_FAILS", fault.step, fault.sentence, "modern")
	};
}
function isSameForAllEras({ code }) {
	return isBelowHttp(code) || [
		"ALB_502",
		"ALB_503",
		"ALB_504",
		"RATE_LIMITED",
		"START_FAILED"
	].includes(code);
}
function isBelowHttp(code) {
	return [
		"DNS",
		"TCP",
		"TLS"
	].includes(codes[code].layer) && code !== "CONN_RESET" && code !== "CONN_FAILED";
}
function mayBeOldTransport({ failure }) {
	return failure?.step === "initialize" && [
		"HTTP_400",
		"PATH_404",
		"HTTP_405",
		"HTTP_406",
		"HTTP_415",
		"HTTP_4XX"
	].includes(failure.code);
}
function claimsOldTransport({ verdict, failure }) {
	if (verdict === "passed") return true;
	if (failure === void 0) return false;
	if (failure.step !== "endpoint") return true;
	return ![...[
		"HTTP_400",
		"PATH_404",
		"HTTP_405",
		"HTTP_406",
		"HTTP_415",
		"HTTP_4XX",
		"RPC_REFUSED",
		"RPC_ERROR"
	], ...[
		"HTML_PAGE",
		"CONTENT_TYPE",
		"EMPTY_200",
		"NOT_JSON",
		"NOT_JSONRPC",
		"ALB_404",
		"REDIRECT"
	]].includes(failure.code);
}
// src/gate/decide.ts
function decideRound(eras, { require, transport }) {
	if (require === "any") {
		if (ERAS.some((era) => eras[era].verdict === "passed")) return brokenOffer(eras);
		const [best] = [
			"legacy",
			"http-sse",
			"modern"
		].flatMap((era) => eras[era].failure ?? []).sort((a, b) => progressOf(b) - progressOf(a));
		return best ?? failure("MODERN_ABSENT", "server/discover", "The endpoint does not speak any era of MCP.", "modern");
	}
	const faults = [...require === "modern" ? [] : [legacyFault(eras, transport)], ...require === "legacy" ? [] : [modernFault(eras)]].filter((fault) => fault !== void 0);
	return faults.find((fault) => codes[fault.code].final) ?? faults[0];
}
function brokenOffer(eras) {
	const failed = ERAS.map((era) => eras[era]).filter(({ verdict }) => verdict === "failed");
	return (failed.find(({ isOffered }) => isOffered) ?? failed.find(({ failure: fault }) => fault && isInterruption(fault)))?.failure;
}
function mergeRounds(rounds) {
	const last = rounds.at(-1);
	if (last === void 0) return void 0;
	const merge = (era) => {
		const all = rounds.map((eras) => eras[era]);
		const worst = all.findLast(({ verdict }) => verdict === "failed") ?? last[era];
		return {
			...last[era],
			...worst,
			warnings: [...new Set(all.flatMap(({ warnings }) => warnings))]
		};
	};
	return {
		modern: merge("modern"),
		legacy: merge("legacy"),
		"http-sse": merge("http-sse")
	};
}
function disagreement(before, now, { require }) {
	if (before === void 0 || require !== "any") return void 0;
	const era = ERAS.find((each) => before[each].verdict === "passed" !== (now[each].verdict === "passed"));
	if (era === void 0) return void 0;
	const other = before[era].failure ?? now[era].failure;
	const sentence = `FLAPPING: of two rounds in a row one passed the ${era} era and the other did not.${other === void 0 ? "" : ` It did not: ${other.sentence}`}`;
	return failure("FLAPPING", other?.step ?? "rounds", sentence, era);
}
function legacyFault(eras, transport) {
	const era = eras[transport === "sse" ? "http-sse" : "legacy"];
	if (era.verdict === "passed") return void 0;
	if (transport !== "sse" && eras["http-sse"].verdict === "passed") return failure("OLD_TRANSPORT", "initialize", "The endpoint has only HTTP+SSE (2024-11-05).", "http-sse");
	return era.failure ?? eras["http-sse"].failure;
}
function modernFault({ modern, legacy, "http-sse": sse }) {
	if (modern.verdict === "passed") return void 0;
	if (modern.verdict === "failed" && modern.failure) return modern.failure;
	const isOlder = legacy.verdict === "passed" || sse.verdict === "passed" || legacy.failure?.code === "SESSION_LOST";
	const refused = modern.failure?.sentence ?? "";
	return isOlder || !modern.failure ? failure("MODERN_ABSENT", "server/discover", `The server does not offer revision 2026-07-28. ${refused}`.trim(), "modern") : modern.failure;
}
function progressOf({ code, step }) {
	const layers = [
		"DNS",
		"TCP",
		"TLS",
		"HTTP",
		"MCP"
	];
	const refusesEra = code === "LEGACY_CLIENTS_LOCKED_OUT" || step === "server/discover" && code.startsWith("RPC_");
	return (step === "tools/list" ? 10 : 0) + (refusesEra ? -10 : 0) + layers.indexOf(codes[code].layer);
}
const ERA_INDEPENDENT_CODES = [
	"LEGACY_CLIENTS_LOCKED_OUT",
	"MODERN_ABSENT",
	"NO_TOOLS_CAPABILITY",
	"TOOL_MISSING",
	"CONTRACT_BROKEN",
	"CALL_FAILED",
	"CALL_UNEXPECTED",
	"CALL_NOT_ALLOWED",
	"HOST_INCOMPATIBLE",
	"OLD_REVISION",
	"FLAPPING"
];
function asSingleEraFailure(fault, { modern, legacy }) {
	if (ERA_INDEPENDENT_CODES.includes(fault.code)) return fault;
	const [code, other] = fault.era === "legacy" && modern.verdict === "passed" ? ["MODERN_OK_LEGACY_BROKEN", "modern"] : fault.era === "modern" && legacy.verdict === "passed" ? ["LEGACY_OK_MODERN_BROKEN", "legacy"] : [];
	if (code === void 0) return fault;
	const sentence = `${capital(codes[code].meaning)}. ${fault.code}: ${fault.sentence}`;
	const fix = `${fault.fix} Or set mcp-require: ${other} when those clients do not matter.`;
	return {
		...fault,
		code,
		cause: fault.code,
		sentence,
		fix
	};
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
function contractFault(eras, expected, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const refusal = era && findContractFault(eras[era].tools ?? [], expected, secrets);
	return refusal && failure(refusal.code, "tools/list", refusal.sentence, era);
}
function missingContractFailure({ contract }) {
	if (contract === void 0 || contract.tools !== void 0) return void 0;
	return failure("CONTRACT_MISSING", "contract", `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`);
}
function toolsOf(eras) {
	return ERAS.map((era) => eras[era]).find(({ verdict }) => verdict === "passed")?.tools ?? [];
}
function contractIn(eras, committed) {
	if (!ERAS.some((era) => eras[era].verdict === "passed")) return void 0;
	const now = contractOf(toolsOf(eras));
	return now && {
		...now,
		...committed && { comparison: compareContracts(committed, now.tools) }
	};
}
function warningsOf(eras) {
	const { modern, legacy, "http-sse": sse } = eras;
	const warnings = [
		modern,
		legacy,
		sse
	].flatMap((era) => era.warnings);
	for (const era of [modern, legacy]) {
		if (era.verdict !== "failed" || era.failure === void 0) continue;
		const { code, cause, sentence, fix } = asSingleEraFailure(era.failure, eras);
		if (modern.verdict === "passed" || legacy.verdict === "passed") warnings.push(`${code}${cause ? ` (${cause})` : ""}: ${sentence} ${fix}`);
	}
	if (sse.verdict === "passed") warnings.push(`OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`);
	if (modern.tools && legacy.tools && namesOf(modern).join("\n") !== namesOf(legacy).join("\n")) warnings.push("The modern and the legacy era list different tools; the report shows those of the modern era.");
	return [...new Set(warnings)];
}
function namesOf(era) {
	return [...new Set(era?.tools?.map(({ name }) => name))].sort();
}
// src/gate/hints.ts
async function withHint(fault, target) {
	if (fault.code === "OLD_TRANSPORT") {
		const newer = await findStreamableAddress(target);
		return newer === void 0 ? fault : {
			...fault,
			sentence: `${fault.sentence} Streamable HTTP is served at ${newer}.`,
			fix: `Use ${newer} as the URL.`
		};
	}
	if (fault.code !== "PATH_404" && fault.code !== "HTTP_405" && fault.code !== "HTML_PAGE") return fault;
	const address = await findMcpAddress(target);
	return address === void 0 ? fault : {
		...fault,
		sentence: `${fault.sentence} MCP answers at ${address}.`
	};
}
function findStreamableAddress(target) {
	const { pathname } = target.endpoint;
	const folder = pathname.slice(0, pathname.lastIndexOf("/", pathname.length - 2) + 1);
	return findMcpAddress(target, [
		`${folder}mcp`,
		folder,
		...USUAL_PATHS.filter((path) => path !== "/sse")
	]);
}
const JAR_SESSIONS = 3;
async function withCookieJar(fault, target, expected) {
	for (let session = 0; session < JAR_SESSIONS; session++) {
		const result = await probeStreamable({
			target,
			era: "legacy",
			exchanges: []
		}, expected, {
			withCookies: true,
			lists: 2
		});
		if (!result.setsCookies || result.failure?.code === "SESSION_LOST") return fault;
	}
	const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`;
	return failure("SESSION_NEEDS_COOKIES", fault.step, sentence, fault.era);
}
const USUAL_PATHS = [
	"/mcp",
	"/",
	"/api/mcp",
	"/mcp/mcp",
	"/gradio_api/mcp/",
	"/sse"
];
async function findMcpAddress(target, paths = USUAL_PATHS) {
	if (target.avoidsClientErrors) return void 0;
	return (await Promise.all([...new Set(paths)].map(async (path) => {
		const endpoint = new URL(path, target.endpoint.href);
		endpoint.search = target.endpoint.search;
		if (endpoint.pathname === target.endpoint.pathname) return void 0;
		const eras = await probeEras({
			...target,
			endpoint,
			deadline: Math.min(target.deadline, performance.now() + target.times.otherPathsTimeoutMs)
		}, path === "/sse" ? "sse" : "streamable-http", {
			tools: [],
			version: void 0,
			contract: void 0
		}, []);
		return ERAS.some((era) => eras[era].verdict === "passed") ? `${endpoint.origin}${endpoint.pathname}` : void 0;
	}))).find((address) => address !== void 0);
}
// src/gate/hosts.ts
const hostTitles = {
	claude: "claude.ai",
	"claude-code": "Claude Code",
	chatgpt: "ChatGPT",
	vscode: "VS Code",
	cursor: "Cursor",
	gemini: "Gemini"
};
const firstTool = (what, breaks) => (tools) => {
	const tool = tools.find(breaks);
	return tool && {
		tool: tool.name,
		what
	};
};
const MAX_VSCODE_TOOLS = 128;
const MAX_LIST_TOKENS = 25e3;
const CHARACTERS_PER_TOKEN = 4;
const rules = [
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#45106",
		find: firstTool("has anyOf, oneOf or allOf at the top of its inputSchema, which makes every request fail", ({ inputSchema }) => [
			"anyOf",
			"oneOf",
			"allOf"
		].some((keyword) => inputSchema[keyword] !== void 0))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode"
		],
		source: "github/copilot-cli#1879",
		find: firstTool("has a name with other characters than letters, digits, \"_\" and \"-\"", ({ name }) => !/^[\w-]+$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt"
		],
		source: "microsoft/foundry-dev-tools#201",
		find: firstTool("has a name of more than 64 characters", ({ name }) => name.length > 64)
	},
	{
		hosts: ["cursor"],
		source: "ComposioHQ/composio#2788",
		find: firstTool("has a name of more than 58 characters, and with the name of the server at most 60 are shown", ({ name }) => name.length > 58)
	},
	{
		hosts: ["gemini"],
		source: "google-gemini/gemini-cli#2966",
		find: firstTool("has a name that is not a letter or \"_\" followed by at most 63 letters, digits, \"_\", \".\" and \"-\"", ({ name }) => !/^[A-Za-z_][\w.-]{0,63}$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode",
			"cursor",
			"gemini"
		],
		source: "modelcontextprotocol/modelcontextprotocol#1063",
		find: (tools) => {
			const names = new Set();
			const twice = tools.find(({ name }) => names.size === names.add(name).size);
			return twice && {
				tool: twice.name,
				what: "is listed twice"
			};
		}
	},
	{
		hosts: ["vscode", "gemini"],
		source: "microsoft/vscode#246119",
		find: firstTool("has an array without \"items\" in its inputSchema", ({ inputSchema }) => hasBareArray(inputSchema, 0))
	},
	{
		hosts: ["vscode"],
		source: "microsoft/vscode-copilot-release#11653",
		find: ({ length }) => length > MAX_VSCODE_TOOLS ? {
			tool: void 0,
			what: `has ${length} tools, and a request has at most ${MAX_VSCODE_TOOLS}`
		} : void 0
	},
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#12241",
		find: (tools) => {
			const tokens = Math.round(sizeOf(tools) / CHARACTERS_PER_TOKEN);
			return tokens > MAX_LIST_TOKENS ? {
				tool: void 0,
				what: `takes about ${tokens} tokens of each conversation, and a warning starts at ${MAX_LIST_TOKENS}`
			} : void 0;
		}
	}
];
function findHostRefusals(tools) {
	return rules.flatMap(({ hosts, source, find }) => {
		const broken = find(tools);
		return broken === void 0 ? [] : [{
			...broken,
			hosts,
			source
		}];
	});
}
function checkHosts(eras, required, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const tools = era === void 0 ? [] : eras[era].tools ?? [];
	let failed;
	const warnings = [];
	for (const { hosts, source, tool, what } of findHostRefusals(tools)) {
		const isRequired = hosts.some((host) => required.includes(host));
		const named = hosts.filter((host) => !isRequired || required.includes(host)).map((host) => hostTitles[host]);
		const sentence = `${tool === void 0 ? "The tool list" : `The tool "${clean(tool, secrets)}"`} ${what}: ${named.join(", ")} (${source}).`;
		if (isRequired) failed ??= failure("HOST_INCOMPATIBLE", "tools/list", sentence, era);
		else warnings.push(`Some hosts refuse this. ${sentence}`);
	}
	return {
		failure: failed,
		warnings
	};
}
const MAX_DEPTH = 100;
function hasBareArray(schema, depth) {
	if (depth > MAX_DEPTH) return false;
	if (Array.isArray(schema)) return schema.some((each) => hasBareArray(each, depth + 1));
	if (!isObject(schema)) return false;
	if (schema.type === "array" && schema.items === void 0 && schema.prefixItems === void 0) return true;
	const { properties, items, anyOf, oneOf, allOf } = schema;
	return [
		...isObject(properties) ? Object.values(properties) : [],
		items,
		anyOf,
		oneOf,
		allOf
	].some((each) => hasBareArray(each, depth + 1));
}
function sizeOf(tools) {
	try {
		return JSON.stringify(tools.map(({ name, description, inputSchema }) => ({
			name,
			description,
			inputSchema
		}))).length;
	} catch {
		return 0;
	}
}
// src/gate/request.ts
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
function targetFor(request, times, onSecret = () => {}) {
	const { endpoint, headers, require, transport, rounds, timeoutMs, requestTimeoutMs, requestsPerMinute } = request;
	const url = URL.parse(endpoint);
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") throw new InputError(`The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`);
	if (url.username !== "" || url.password !== "") throw new InputError("The MCP endpoint must not carry a user name or password; use mcp-headers.");
	url.hash = "";
	for (const [name, value] of Object.entries(headers)) {
		try {
			http.validateHeaderName(name);
			http.validateHeaderValue(name, value);
		} catch {
			throw new InputError(`mcp-headers: "${name.slice(0, 100)}" is not a header that can be sent.`);
		}
		if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`);
	}
	if (!Number.isInteger(rounds) || rounds < 1) throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`);
	if (transport === "sse" && (require === "modern" || require === "both")) throw new InputError(`mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`);
	const scope = readSigningScope(request.sigv4 ?? "none", url);
	if (scope !== void 0 && (hasAuthorization(headers) || request.oauth !== void 0)) throw new InputError("mcp-sigv4 signs requests in the Authorization header, and mcp-headers or mcp-oauth-client-id sets the same header: use one of them.");
	try {
		const { tls, connectTo, traits = [] } = request;
		const options = {
			requestTimeoutMs,
			requestsPerMinute,
			tls,
			connectTo,
			sign: scope && openSigner(scope, onSecret),
			avoidsClientErrors: traits.includes("counts-client-errors")
		};
		return openTarget(url, headers, timeoutMs, process.env, times, options);
	} catch (error) {
		throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`);
	}
}
function endsAtAuthChallenge({ auth, oauth, headers }) {
	return auth === "required" && oauth === void 0 && !hasAuthorization(headers);
}
// src/gate/result.ts
function resultOf(request, outcome) {
	const { eras, failure, challenge, warnings, latencies, elapsedMs, rounds } = outcome;
	const passed = ERAS.map((era) => eras[era]).filter((era) => era.verdict === "passed");
	const serverInfo = passed.find((era) => era.serverInfo)?.serverInfo;
	const contract = contractIn(eras, request.contract?.tools);
	return {
		passed: failure === void 0,
		endpoint: request.endpoint,
		...failure && { failure: shownFailure(failure) },
		eras: {
			modern: reportOf(eras.modern),
			legacy: reportOf(eras.legacy),
			"http-sse": reportOf(eras["http-sse"])
		},
		protocolVersions: [...new Set(passed.flatMap((era) => era.protocolVersion ?? []))].sort().reverse(),
		tools: namesOf(passed[0]),
		...serverInfo && { serverInfo },
		...contract && { contract },
		...challenge && { wall: challenge },
		warnings: [...warningsOf(eras), ...warnings],
		latencyMs: median(latencies),
		elapsedMs,
		rounds
	};
}
function reportOf({ verdict, protocolVersion, failure: fault }) {
	return {
		verdict,
		...protocolVersion !== void 0 && { protocolVersion },
		...fault && verdict === "failed" && { failure: shownFailure(fault) }
	};
}
function shownFailure({ isCut: _, retryAfterMs: _wait, ...rest }) {
	return rest;
}
function latencyOf(eras, { require, transport }) {
	const { modern, legacy, "http-sse": sse } = eras;
	switch (require) {
		case "modern": return modern.elapsedMs;
		case "legacy": return transport === "sse" ? sse.elapsedMs : legacy.elapsedMs;
		case "both": return Math.max(modern.elapsedMs, legacy.elapsedMs);
		case "any": return Math.min(...[
			modern,
			legacy,
			sse
		].filter((era) => era.verdict === "passed").map((era) => era.elapsedMs));
	}
}
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
	return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
// src/gate/authorization.ts
const RENEW_BEFORE_MS = 3e4;
const TOKEN_LIFE_MS = 3e5;
function readChallenge(header) {
	const tokens = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;
	let bearer;
	let inBearer = false;
	for (const [, name = "", quoted, token] of header.slice(0, 16384).matchAll(tokens)) {
		const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
		if (value === void 0) {
			if (bearer) break;
			inBearer = name.toLowerCase() === "bearer";
			if (inBearer) bearer = Object.create(null);
		} else if (inBearer && bearer) bearer[name.toLowerCase()] ??= value;
	}
	return bearer;
}
async function findAuthChallenge(target, { transport, require }, exchanges) {
	const openings = transport === "sse" ? [await openStream(target, exchanges)] : await openBothEras(target, require !== "legacy", exchanges);
	const challenge = await challengeOf(target, openings, exchanges);
	return "code" in challenge ? challenge : {
		...challenge,
		steps: openings.map(({ step, isOpen }) => isOpen ? "tools/call" : step)
	};
}
async function challengeOf(target, openings, exchanges) {
	const open = openings.find(({ isOpen }) => isOpen);
	if (open) return await challengeOfOpenServer(target, open, openings, exchanges);
	const refusals = openings.flatMap(({ step, refusal }) => refusal ? [{
		step,
		refusal
	}] : []);
	const unauthorized = refusals.filter(({ refusal }) => refusal.status === 401);
	const decisive = unauthorized.find(({ refusal }) => !isBearer(refusal)) ?? unauthorized[0] ?? refusals[0];
	if (decisive === void 0) return failure("DEADLINE", "authorization", "The endpoint was not asked.");
	const { step, refusal } = decisive;
	if (unauthorized.length === 0) return failureOf(refusal, step);
	const challenge = readChallenge(refusal.challenge ?? "");
	return challenge ? await fetchAuthChallenge(target, challenge, exchanges) : await challengeWithoutHeader(target, step, refusal, exchanges);
}
function isBearer({ challenge }) {
	return challenge !== void 0 && readChallenge(challenge) !== void 0;
}
async function challengeOfOpenServer(target, { step }, openings, exchanges) {
	const challenge = openings.some(({ refusal }) => refusal?.status === 401) ? void 0 : await fetchAuthChallenge(target, {}, exchanges);
	const address = `${target.endpoint.origin}${target.endpoint.pathname}`;
	if (challenge === void 0 || "code" in challenge) return failure("AUTH_NOT_REQUIRED", step, `${address} answered ${step} without authorization.`);
	const warning = `${address} lists its tools without authorization. Its metadata names an authorization server, so tools/call may be protected; the gate does not call tools.`;
	return {
		...challenge,
		warning: [challenge.warning, warning].filter(Boolean).join(" ")
	};
}
async function challengeWithoutHeader(target, step, refusal, exchanges) {
	const address = `${target.endpoint.origin}${target.endpoint.pathname}`;
	const header = refusal.challenge === void 0 ? void 0 : clean(refusal.challenge, secretsOf(target.headers));
	const bare = header === void 0 ? refusal.sentence : `${address} answered HTTP 401 with "${header}", which has no Bearer challenge.`;
	const challenge = await fetchAuthChallenge(target, {}, exchanges);
	if ("code" in challenge) return challenge.code === "AUTH_METADATA_MISSING" ? failureOf({
		...refusal,
		code: "AUTH_BARE_401",
		sentence: bare
	}, step) : challenge;
	const warning = `${bare} Its metadata is at ${challenge.metadataUrl}, where most clients look; some hosts want the header: ${codes.AUTH_BARE_401.fix}`;
	return {
		...challenge,
		warning: [challenge.warning, warning].filter(Boolean).join(" ")
	};
}
async function openBothEras(target, asksModern, exchanges) {
	const legacy = await openLegacy({
		target,
		era: "legacy",
		exchanges
	});
	return asksModern ? [legacy, await openModern({
		target,
		era: "modern",
		exchanges
	})] : [legacy];
}
async function openLegacy(conversation) {
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return {
		step: "initialize",
		isOpen: false,
		refusal: server
	};
	const headers = {
		...session,
		"mcp-protocol-version": server.protocolVersion
	};
	const url = conversation.target.endpoint;
	const { reply: accepted } = await send(conversation, {
		method: "notifications/initialized",
		url,
		headers
	});
	const { reply } = accepted.answered ? await legacyRequests(conversation, headers)("tools/list", {}) : { reply: accepted };
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, headers);
	return openingOf("initialize", accepted.answered ? "tools/list" : "notifications/initialized", reply);
}
async function openModern(conversation) {
	const discovery = await discover(conversation);
	if ("refusal" in discovery) return {
		step: "server/discover",
		isOpen: false,
		refusal: discovery.refusal
	};
	const { reply } = await modernRequests(conversation)("tools/list", {});
	return openingOf("server/discover", "tools/list", reply);
}
function openingOf(opened, step, reply) {
	if (!reply.answered && reply.status === 401) return {
		step,
		isOpen: false,
		refusal: reply
	};
	return {
		step: opened,
		isOpen: true,
		refusal: void 0
	};
}
async function openStream(target, exchanges) {
	const { endpoint: url } = target;
	const closing = new AbortController();
	const outcome = await exchange(target, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		signal: closing.signal,
		onHeaders: (status, headers) => {
			if (status === 200 && isEventStream(headers)) queueMicrotask(() => closing.abort());
		}
	});
	const reply = readOutcome(outcome, {
		url,
		inSession: false,
		authorized: false,
		secrets: secretsOf(target.headers)
	});
	recordExchange({
		target,
		exchanges
	}, {
		era: "http-sse",
		step: "endpoint",
		method: "GET"
	}, outcome, reply.answered ? "ok" : reply.code);
	return {
		step: "endpoint",
		isOpen: reply.answered,
		refusal: reply.answered ? void 0 : reply
	};
}
const METADATA_STEP = "protected-resource metadata";
async function fetchAuthChallenge(target, challenge, exchanges) {
	const { endpoint } = target;
	const named = challenge.resource_metadata;
	const fail = (code, sentence) => failure(code, METADATA_STEP, sentence);
	const shown = clean(named ?? "", secretsOf(target.headers));
	const namedUrl = named === void 0 ? void 0 : URL.parse(named);
	if (namedUrl && !mayBeAsked(namedUrl, endpoint)) return fail("AUTH_METADATA_MISSING", `resource_metadata="${shown}" is not https, so clients do not fetch it.`);
	const document = await fetchFirst(target, namedUrl ? [namedUrl] : resourceMetadataUrls(endpoint), METADATA_STEP, exchanges);
	const isNoUrl = namedUrl === null ? `resource_metadata="${shown}" is not a URL, so clients ignore it.` : void 0;
	if ("answered" in document) {
		const where = isNoUrl ? `${isNoUrl} ` : named === void 0 ? "The challenge names no resource_metadata. " : "";
		return fail(document.code === "NOT_JSON" ? "AUTH_METADATA_INVALID" : document.code, `${where}${document.sentence}`);
	}
	const metadata = readResourceMetadata(document.value, endpoint, secretsOf(target.headers));
	if ("answered" in metadata) return fail(metadata.code, `${metadata.sentence} (${clean(document.url.href, [])})`);
	const scopes = challenge.scope?.split(" ").filter((scope) => scope !== "") ?? metadata.scopes;
	const warning = [metadata.warning, isNoUrl].filter(Boolean).join(" ");
	return {
		...metadata,
		metadataUrl: document.url.href,
		scopes,
		...warning !== "" && { warning }
	};
}
function resourceMetadataUrls({ origin, pathname }) {
	const root = `${origin}/.well-known/oauth-protected-resource`;
	const path = trimmed(pathname);
	return [...path === "" ? [] : [new URL(`${root}${path}`)], new URL(root)];
}
function readResourceMetadata({ resource, authorization_servers: servers, scopes_supported: scopes }, endpoint, secrets) {
	const bad = (what) => unfitRefusal("AUTH_METADATA_INVALID", `The protected-resource metadata is not valid: ${what}.`);
	if (typeof resource !== "string") return bad("resource is missing");
	const named = URL.parse(resource);
	if (named === null) return bad("resource is not a URL");
	if (!isStrings(servers) || servers.length === 0) return bad("authorization_servers is not a list of at least one URL");
	for (const server of servers) {
		const url = URL.parse(server);
		if (url === null || !mayBeAsked(url, endpoint)) return bad(`the authorization server "${clean(server, secrets)}" is not an https URL`);
	}
	const offer = {
		resource: clean(resource, secrets),
		authorizationServers: servers.map((server) => clean(server, secrets)),
		scopes: isStrings(scopes) ? scopes.map((scope) => clean(scope, secrets)) : []
	};
	const path = (url) => `${trimmed(url.pathname)}/`;
	if (named.origin === endpoint.origin && path(named) === path(endpoint) && named.search === endpoint.search) return offer;
	if (named.origin === endpoint.origin && path(endpoint).startsWith(path(named))) {
		const warning = `The protected-resource metadata is for ${offer.resource}, a parent of the endpoint: RFC 9728 §3.3 requires the URL itself, and strict clients refuse it.`;
		return {
			...offer,
			warning
		};
	}
	return unfitRefusal("AUTH_RESOURCE_MISMATCH", `The protected-resource metadata is for "${offer.resource}", not for ${endpoint.href}.`);
}
function trustedIssuer({ authorizationServers }, pinned, endpoint) {
	const offered = authorizationServers.flatMap((server) => URL.parse(server) ?? []);
	const named = authorizationServers.slice(0, 5).join(", ");
	if (pinned !== void 0) return offered.find(({ href }) => trimmed(href) === trimmed(URL.parse(pinned)?.href ?? pinned)) ?? unfitRefusal("AUTH_ISSUER_MISMATCH", `mcp-oauth-issuer is ${pinned}, and the endpoint names ${named}. No secret was sent.`);
	const [only] = offered;
	if (only !== void 0 && offered.length === 1 && isSameHost(only, endpoint)) return only;
	return unfitRefusal("AUTH_ISSUER_UNPINNED", `The endpoint names ${authorizationServers.length > 1 ? `several authorization servers (${named})` : `the authorization server ${named}, which is on another host`}, and mcp-oauth-issuer does not say which one may have the client secret. It was not sent.`);
}
async function obtainToken(target, challenge, credentials, exchanges) {
	const step = "authorization-server metadata";
	const issuer = trustedIssuer(challenge, credentials.issuer, target.endpoint);
	if ("answered" in issuer) return failure(issuer.code, step, issuer.sentence);
	const server = await fetchServerMetadata(target, issuer, credentials.issuer !== void 0, exchanges);
	if ("answered" in server) return failure(server.code, step, server.sentence);
	return await requestToken(target, server, challenge, credentials, exchanges);
}
async function fetchServerMetadata(target, issuer, isPinned, exchanges) {
	const document = await fetchFirst(target, serverMetadataUrls(issuer), "authorization-server metadata", exchanges);
	if ("answered" in document) return document.code === "AUTH_SERVER_UNREACHABLE" ? document : unfitRefusal("AUTH_SERVER_METADATA", document.sentence);
	const bad = (what) => unfitRefusal("AUTH_SERVER_METADATA", `The metadata of the authorization server (${clean(document.url.href, [])}) ${what}.`);
	const { issuer: named, token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = document.value;
	if (typeof named !== "string" || trimmed(named) !== trimmed(issuer.href)) return bad(`is for the issuer ${previewJson(named, [])}`);
	const tokenEndpoint = typeof endpoint === "string" ? URL.parse(endpoint) : null;
	if (tokenEndpoint === null) return bad("names no token_endpoint");
	if (!(tokenEndpoint.protocol === "https:" || isLocal(tokenEndpoint) && isLocal(target.endpoint)) || !mayBeAsked(tokenEndpoint, target.endpoint)) return bad("names a token_endpoint that is not https");
	if (!isPinned && !isSameHost(tokenEndpoint, target.endpoint)) return unfitRefusal("AUTH_ISSUER_UNPINNED", `The authorization server ${clean(issuer.href, [])} has its token endpoint on another host, ${clean(tokenEndpoint.host, [])}, and mcp-oauth-issuer does not name it. The client secret was not sent.`);
	return {
		tokenEndpoint,
		authMethods: isStrings(methods) ? methods : ["client_secret_basic"]
	};
}
function serverMetadataUrls({ origin, pathname }) {
	const path = trimmed(pathname);
	const known = `${origin}/.well-known`;
	return [...[`${known}/oauth-authorization-server${path}`, `${known}/openid-configuration${path}`], ...path === "" ? [] : [`${origin}${path}/.well-known/openid-configuration`]].map((url) => new URL(url));
}
async function requestToken(target, { tokenEndpoint, authMethods }, { resource, scopes }, credentials, exchanges) {
	const step = "token";
	const { clientId, clientSecret = "", privateKey, audience } = credentials;
	const form = (text) => new URLSearchParams({ "": text }).toString().slice(1);
	const basic = Buffer.from(`${form(clientId)}:${form(clientSecret)}`).toString("base64");
	const inBody = !authMethods.includes("client_secret_basic") && authMethods.includes("client_secret_post");
	const assertion = privateKey && createClientAssertion(privateKey, clientId, tokenEndpoint.href);
	const shownResource = credentials.resource ?? resource;
	const scope = credentials.scope ?? scopes.join(" ");
	const body = new URLSearchParams({
		grant_type: "client_credentials",
		...shownResource !== "none" && { resource: shownResource },
		...scope !== "none" && scope !== "" && { scope },
		...audience !== void 0 && { audience },
		...assertion !== void 0 && {
			client_id: clientId,
			client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
			client_assertion: assertion
		},
		...inBody && assertion === void 0 && {
			client_id: clientId,
			client_secret: clientSecret
		}
	});
	const outcome = await ask(target, {
		url: tokenEndpoint,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/x-www-form-urlencoded",
			...!inBody && assertion === void 0 && { authorization: `Basic ${basic}` }
		},
		body: body.toString(),
		holdsCredentials: true,
		followsRedirect: false
	});
	const parsed = readTokenReply(outcome, clean(`${tokenEndpoint.origin}${tokenEndpoint.pathname}`, []), secretsOf({
		clientSecret,
		basic,
		form: form(clientSecret),
		assertion: assertion ?? ""
	}));
	recordExchange({
		target,
		exchanges
	}, {
		era: null,
		step,
		method: "POST"
	}, outcome, "code" in parsed ? parsed.code : "ok");
	return "code" in parsed ? failure(parsed.code, step, parsed.sentence) : parsed;
}
function readTokenReply(outcome, address, secrets) {
	if (isDown(outcome)) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `The token endpoint ${address} ${describeOutage(outcome, secrets)}.`);
	const value = parseJson(outcome.body)?.value;
	const { status } = outcome;
	if (status < 200 || status > 299 || !isObject(value)) {
		const { error, error_description: why } = isObject(value) ? value : {};
		const reason = typeof error === "string" ? `${error}${typeof why === "string" ? `: ${why}` : ""}` : "";
		return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered HTTP ${status}${reason === "" ? "" : `, "${clean(reason, secrets)}"`}.`);
	}
	const { access_token: token, token_type: type, expires_in: seconds } = value;
	if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token) || typeof type !== "string" || !/^bearer$/i.test(type)) return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered without a Bearer access_token.`);
	const lifeMs = typeof seconds === "number" && seconds > 0 ? seconds * 1e3 : TOKEN_LIFE_MS;
	return {
		accessToken: token,
		renewAt: performance.now() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS)
	};
}
async function fetchFirst(target, urls, step, exchanges) {
	let missing;
	for (const url of urls) {
		const outcome = await ask(target, {
			url,
			method: "GET",
			headers: { accept: "application/json" }
		});
		const parsed = readDocument(outcome, url, target.endpoint);
		recordExchange({
			target,
			exchanges
		}, {
			era: null,
			step,
			method: "GET"
		}, outcome, "answered" in parsed ? parsed.code : "ok");
		if (!("answered" in parsed)) return parsed;
		missing ??= parsed;
		if (parsed.code !== "AUTH_METADATA_MISSING") return parsed;
	}
	return missing ?? unfitRefusal("AUTH_METADATA_MISSING", "There is no address to look for metadata.");
}
function readDocument(outcome, url, endpoint) {
	const address = clean(url.href, []);
	if (isDown(outcome)) {
		if (url.origin !== endpoint.origin) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `GET ${address} ${describeOutage(outcome, [])}.`);
		const parsed = readOutcome(outcome, {
			id: 0,
			url,
			inSession: false,
			authorized: false,
			secrets: []
		});
		if (!parsed.answered) return parsed;
	}
	const { status, body } = outcome;
	if (status !== 200) return unfitRefusal("AUTH_METADATA_MISSING", `GET ${address} answered HTTP ${status}.`);
	const value = parseJson(body)?.value;
	return isObject(value) ? {
		url,
		value
	} : unfitRefusal("NOT_JSON", `GET ${address} answered with something other than JSON.`);
}
function isDown(outcome) {
	return outcome.kind === "fault" || outcome.status >= 500 || outcome.status === 429;
}
function describeOutage(outcome, secrets) {
	return outcome.kind === "reply" ? `answered HTTP ${outcome.status}` : `could not be asked (${clean(outcome.code, [])}, "${clean(outcome.message, secrets)}")`;
}
function ask(target, request) {
	return exchange({
		...target,
		headers: {},
		sign: void 0
	}, request);
}
function mayBeAsked(url, endpoint) {
	if (url.username !== "" || url.password !== "") return false;
	if (url.protocol === "https:") return true;
	return url.protocol === "http:" && (url.origin === endpoint.origin || isLocal(url) && isLocal(endpoint));
}
function isLocal({ hostname }) {
	return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
}
function isSameHost(a, b) {
	return a.hostname === b.hostname || isLocal(a) && isLocal(b);
}
function isStrings(value) {
	return Array.isArray(value) && value.every((item) => typeof item === "string");
}
function trimmed(url) {
	let end = url.length;
	while (url[end - 1] === "/") end--;
	return url.slice(0, end);
}
// src/gate/login.ts
async function authenticate(access, request, exchanges) {
	const { auth, oauth } = request;
	const needsToken = oauth !== void 0 && (access.token === void 0 || performance.now() > access.token.renewAt);
	if (auth !== "required" && !needsToken) return void 0;
	const challenge = await probeAuthChallenge(access.target, request, exchanges);
	if ("code" in challenge) {
		if (challenge.code !== "AUTH_NOT_REQUIRED" || auth === "required") return challenge;
		access.warnings.add("The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.");
		return;
	}
	const { warning, steps, ...reported } = challenge;
	access.challenge = reported;
	access.challengeSteps = steps.join(", ");
	if (warning !== void 0) access.warnings.add(warning);
	if (oauth === void 0 || !needsToken) return void 0;
	const token = await obtainToken(access.target, challenge, oauth, exchanges);
	if ("code" in token) return token;
	access.onSecret(token.accessToken);
	access.token = token;
	access.target = {
		...access.target,
		headers: {
			...request.headers,
			Authorization: `Bearer ${token.accessToken}`
		}
	};
}
function probeAuthChallenge(target, { headers, transport, require }, exchanges) {
	const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: "" })));
	return findAuthChallenge({
		...target,
		headers: open,
		sign: void 0
	}, {
		transport,
		require
	}, exchanges);
}
// src/gate/sampling.ts
const TRIES = 8;
const CHALLENGE_TRIES = 4;
const PAGES = 40;
const SESSIONS = 3;
const LISTS_PER_SESSION = 2;
const OLD_SESSIONS = 3;
const SAMPLED_SESSIONS = 2;
const SESSION_REQUESTS = 3;
const MIN_SAMPLED_REQUESTS = 4;
async function sampleEra(conversation, era, expected, timeoutMs, requests) {
	const deadline = performance.now() + timeoutMs;
	const opening = {
		modern: "server/discover",
		legacy: "initialize",
		"http-sse": "session"
	}[conversation.era];
	const steps = conversation.era === "http-sse" || era.tools === void 0 ? [opening] : [opening, "tools/list"];
	const samplings = [];
	const share = Math.max(requests, MIN_SAMPLED_REQUESTS);
	if (conversation.era === "legacy" && era.inSession) {
		const lists = Math.max(1, Math.floor(share / SAMPLED_SESSIONS) - SESSION_REQUESTS);
		samplings.push(await sampleSessions(conversation, expected, deadline, SAMPLED_SESSIONS, lists));
	} else {
		const openings = steps.length === 1 ? share : Math.floor(share / 2);
		for (const step of steps) {
			const tries = step === opening ? openings : share - openings;
			const sampling = await sampleStep(conversation, era, step, expected, deadline - performance.now(), tries);
			samplings.push(sampling);
			if (sampling.failures.some(isInterruption)) break;
		}
	}
	return samplings.sort((a, b) => b.failures.length - a.failures.length);
}
async function sampleStep(conversation, era, step, expected, timeoutMs, maxTries = TRIES) {
	const deadline = performance.now() + timeoutMs;
	const tries = Math.min(TRIES, maxTries);
	const lists = Math.max(2, Math.min(tries, Math.floor(PAGES / (era.pages ?? 1))));
	const attempt = (name, action) => repeat(conversation.target, name, name === "tools/list" ? lists : tries, deadline, async () => {
		const refusal = await action();
		return [refusal && failureOf(refusal, name, conversation.era)];
	});
	switch (conversation.era) {
		case "http-sse": {
			const session = async () => [afterContract(await probeSse(conversation, expected), conversation, expected)];
			return await repeat(conversation.target, "session", OLD_SESSIONS, deadline, session);
		}
		case "modern": return step === "tools/list" ? await attempt(step, () => tryList(conversation, modernRequests(conversation), true, expected)) : await attempt("server/discover", () => tryDiscover(conversation, expected));
		case "legacy": {
			if (step === "initialize") return await attempt(step, () => tryInitialize(conversation, expected));
			if (step === "notifications/initialized") {
				let turn = 0;
				return await attempt(step, () => tryInitialized(conversation, turn++));
			}
			if (step !== "tools/list" || era.inSession) return await sampleSessions(conversation, expected, deadline);
			const headers = { "mcp-protocol-version": era.protocolVersion ?? LEGACY_VERSIONS[0] };
			return await attempt(step, () => tryList(conversation, legacyRequests(conversation, headers), false, expected));
		}
	}
}
function sampleSessions(conversation, expected, deadline, sessions = SESSIONS, lists = LISTS_PER_SESSION) {
	return repeat(conversation.target, "session", sessions, deadline, async () => {
		const { listings } = await probeStreamable(conversation, expected, { lists });
		return listings.map((listing) => afterContract(listing, conversation, expected));
	});
}
function afterContract({ failure: fault, tools = [] }, { era, target }, expected) {
	const refusal = fault ? void 0 : findContractFault(tools, expected, secretsOf(target.headers));
	return refusal ? failure(refusal.code, "tools/list", refusal.sentence, era) : fault;
}
function decideSampling({ step, tries: all, failures }, era) {
	const tries = all - failures.filter(isInterruption).length;
	const counted = failures.filter((fault) => !isInterruption(fault));
	const [first] = counted;
	if (first === void 0) return void 0;
	const lost = counted.find(({ code }) => code === "SESSION_LOST");
	if (lost) return lost;
	if (counted.length === tries) return first;
	const named = [...new Set(counted.map(({ code }) => code))].join(", ");
	const sentence = `FLAPPING ${counted.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${counted.length} failed (${named}). One of them: ${first.sentence}`;
	return failure("FLAPPING", first.step, sentence, era);
}
function sampleChallenge(target, step, timeoutMs, action) {
	return repeat(target, step, CHALLENGE_TRIES, performance.now() + timeoutMs, async () => [await action()]);
}
async function repeat({ budget, reservedRequests = 0 }, step, times, deadline, action) {
	const results = [];
	const isInTime = (done) => done === 0 || performance.now() < deadline;
	for (let done = 0; done < times && isInTime(done) && budget.room > reservedRequests; done++) {
		results.push(...await action());
		if (results.some((fault) => fault && isInterruption(fault))) break;
	}
	return {
		step,
		tries: results.length,
		failures: results.filter((result) => result !== void 0)
	};
}
const anything = {
	tools: [],
	version: void 0,
	contract: void 0
};
async function tryDiscover(conversation, expected) {
	const discovery = await discover(conversation);
	return "refusal" in discovery ? discovery.refusal : findOfferFault(discovery, expected, secretsOf(conversation.target.headers));
}
async function tryInitialize(conversation, expected) {
	const { server, session } = await initialize(conversation);
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return "answered" in server ? server : findOfferFault(server, expected, secretsOf(conversation.target.headers));
}
async function tryInitialized(conversation, turn) {
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return server;
	if (turn % 2 === 1) await tryInitialize(conversation, anything);
	const { reply } = await send(conversation, {
		method: "notifications/initialized",
		url: conversation.target.endpoint,
		headers: {
			...session,
			"mcp-protocol-version": server.protocolVersion
		}
	});
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return reply.answered ? void 0 : reply;
}
async function tryList(conversation, ask, isModern, expected) {
	const secrets = secretsOf(conversation.target.headers);
	const listing = await listTools(ask, isModern, secrets);
	if ("answered" in listing) return listing;
	return findMissingTool(listing.tools, expected.tools, secrets) ?? findContractFault(listing.tools, expected, secrets);
}
// src/gate/round.ts
async function runRound(access, request, expected) {
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const exchanges = [];
	const noEras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	const barred = await authenticate(access, request, exchanges);
	const eras = barred || endsAtAuthChallenge(request) ? noEras : await probeEras(access.target, request.transport, expected, exchanges, request.require, access.memory);
	const elapsedMs = performance.now() - started;
	const { fault, final } = await confirmFailure(barred ?? (endsAtAuthChallenge(request) ? void 0 : decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.target.headers))), access.target, eras, expected, exchanges);
	return {
		eras,
		fault,
		final,
		report: {
			startedAt,
			elapsedMs,
			verdict: fault?.code ?? "green",
			exchanges
		}
	};
}
async function sampleTargets(access, request, expected, eras, requestsPerRound) {
	const started = performance.now();
	const later = (request.rounds - 1) * requestsPerRound;
	const target = {
		...access.target,
		reservedRequests: access.target.budget.reserve(later)
	};
	const halfMs = (access.target.deadline - started) / 2;
	const deadline = started + (later > 0 ? Math.min(target.times.samplingTimeoutMs, halfMs) : target.times.samplingTimeoutMs);
	const exchanges = [];
	const erasFailingSampling = {};
	const samplings = [];
	let first;
	if (request.auth === "required" && !target.avoidsClientErrors) {
		const sampling = await sampleChallenge(target, "the wall", deadline - performance.now(), async () => {
			const challenge = await probeAuthChallenge(target, request, exchanges);
			if ("code" in challenge) return challenge;
			const steps = challenge.steps.join(", ");
			const sentence = `The authentication challenge comes before ${steps}, and at another try before ${access.challengeSteps}.`;
			return steps === access.challengeSteps ? void 0 : failure("AUTH_NOT_REQUIRED", steps, sentence);
		});
		samplings.push(sampling);
		first = decideSampling(sampling);
	}
	const sampled = [
		"legacy",
		"modern",
		"http-sse"
	].filter((era) => isSampled(eras[era]));
	for (const [index, era] of sampled.entries()) {
		if (samplings.some(({ failures }) => failures.some(isInterruption))) break;
		const { failure: knownFailure } = eras[era];
		const conversation = {
			target,
			era,
			exchanges
		};
		const restMs = deadline - performance.now();
		const requests = Math.floor((20 - requestsPerRound - exchanges.length) / (sampled.length - index));
		const eraSamplings = knownFailure ? [await sampleStep(conversation, eras[era], knownFailure.step, expected, restMs)] : await sampleEra(conversation, eras[era], expected, restMs, requests);
		samplings.push(...eraSamplings);
		const fault = eraSamplings.map((sampling) => decideSampling(sampling, era)).find(Boolean);
		if (fault) erasFailingSampling[era] = {
			...eras[era],
			verdict: "failed",
			isOffered: true,
			failure: fault
		};
	}
	first ??= endsAtAuthChallenge(request) ? void 0 : decideRound({
		...eras,
		...erasFailingSampling
	}, request);
	const { fault, final } = await confirmFailure(first, target, eras, expected, exchanges);
	const interruption = samplings.flatMap(({ failures }) => failures).find(isInterruption);
	return {
		erasFailingSampling,
		fault,
		final,
		report: {
			elapsedMs: performance.now() - started,
			verdict: fault?.code ?? "green",
			tries: samplings.reduce((sum, sampling) => sum + sampling.tries, 0),
			failed: samplings.reduce((sum, sampling) => sum + sampling.failures.length, 0),
			exchanges
		},
		...interruption && { interruption }
	};
}
function isSampled({ verdict, isOffered }) {
	return verdict === "passed" || verdict === "failed" && isOffered === true;
}
async function confirmFailure(fault, target, eras, expected, exchanges) {
	if (fault && isInterruption(fault)) return {
		fault,
		final: false
	};
	if (fault?.era === void 0 || !codes[fault.code].final || !mayDiffer(fault, exchanges)) return {
		fault,
		final: fault !== void 0 && codes[fault.code].final
	};
	if (fault.code === "SESSION_LOST") {
		const sessions = [1, 2].map(() => () => probeStreamable({
			target,
			era: "legacy",
			exchanges
		}, expected));
		for (const session of sessions) if ((await session()).failure?.code === "SESSION_LOST") return {
			fault,
			final: true
		};
		return {
			fault,
			final: false
		};
	}
	const sampling = await sampleStep({
		target,
		era: fault.era,
		exchanges
	}, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs);
	const failed = sampling.failures.filter((each) => !isInterruption(each)).length;
	if (failed === sampling.tries - (sampling.failures.length - failed)) return {
		fault,
		final: failed > 0
	};
	return {
		fault: decideSampling(sampling, fault.era) ?? fault,
		final: false
	};
}
async function describeMixedTargets(fault, target, eras, expected, exchanges) {
	if (isInterruption(fault) || fault.era === void 0 || fault.code === "FLAPPING") return fault;
	if (!mayDiffer(fault, exchanges)) return fault;
	const verdict = decideSampling(await sampleStep({
		target,
		era: fault.era,
		exchanges: []
	}, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs), fault.era);
	return verdict?.code === "FLAPPING" ? verdict : fault;
}
const LARGE_BYTES = 524288;
const MAX_REPEATED_REQUESTS = 40;
function mayDiffer({ code }, exchanges) {
	return exchanges.length <= MAX_REPEATED_REQUESTS && exchanges.every(({ bytes }) => bytes < LARGE_BYTES) && !isBelowHttp(code) && !code.startsWith("AUTH_") && code !== "OLD_TRANSPORT";
}
// src/gate/gate.ts
async function gate(request, log, onSecret = () => {}, times = defaultGateTimes, observer) {
	const access = {
		target: {
			...targetFor(request, times, onSecret),
			observer
		},
		onSecret,
		warnings: new Set(),
		memory: { modernIsSilent: false }
	};
	const expected = {
		tools: request.tools,
		version: request.expectVersion,
		contract: committed(request)
	};
	const started = performance.now();
	const rounds = [];
	let counted = [];
	let eras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	let fault;
	let isSampled = false;
	let erasFailingSampling = {};
	let failures = 0;
	let logged = "";
	let same;
	let waitMs;
	const logChange = (state, text) => {
		if (state !== logged) log(text);
		logged = state;
	};
	const check = async () => {
		const round = await runRound(access, request, expected);
		let { report, final } = round;
		let interruption;
		eras = {
			...round.eras,
			...erasFailingSampling
		};
		fault = round.fault;
		if (fault === void 0) {
			fault = disagreement(counted.at(-1)?.eras, eras, request);
			if (fault) report = {
				...report,
				verdict: fault.code
			};
		}
		if (fault === void 0) {
			const latencyMs = endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request);
			if (!isSampled && request.traits?.includes("one-target") !== true) {
				const sampling = await sampleTargets(access, request, expected, eras, report.exchanges.length);
				report = {
					...report,
					survey: sampling.report
				};
				erasFailingSampling = sampling.erasFailingSampling;
				eras = {
					...eras,
					...erasFailingSampling
				};
				fault = sampling.fault;
				final = sampling.final;
				interruption = sampling.interruption;
				isSampled = fault === void 0;
			}
			if (fault === void 0) counted.push({
				eras,
				latencyMs
			});
		}
		if (fault?.isCut && counted.length > 0) {
			fault = tooFewRounds(counted.length, request.rounds, fault);
			report = {
				...report,
				verdict: fault.code
			};
		}
		final ||= report.verdict === "START_FAILED" && rounds.at(-1)?.verdict === "START_FAILED";
		rounds.push(report);
		waitMs = waitAfter(fault ?? interruption, times);
		if (fault === void 0) {
			same = void 0;
			logChange("green", greenLine(eras, access.challenge, request));
			return counted.length >= request.rounds ? { done: void 0 } : { waitingFor: "more green rounds" };
		}
		same = isInterruption(fault) ? same : sameFailure(same, fault);
		const isSteady = same !== void 0 && performance.now() - same.since >= times.sameAnswerMs;
		if (same && isSteady && !final && mayBeSteady(fault)) {
			final = true;
			fault = withSteadiness(fault, same);
		}
		logChange(fault.code, faultLine(fault, final));
		if (!isInterruption(fault)) {
			counted = [];
			isSampled = false;
			erasFailingSampling = {};
			failures++;
		}
		const isTooLate = waitMs !== void 0 && performance.now() + waitMs > access.target.deadline;
		return final || isTooLate || request.endsAtFailure ? { done: fault } : { waitingFor: fault.sentence };
	};
	const delayMs = () => {
		if (waitMs !== void 0) return waitMs;
		return fault === void 0 || isInterruption(fault) ? times.greenDelayMs : times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs;
	};
	const polled = await poll(check, {
		delayMs,
		timeoutMs: request.timeoutMs
	});
	const { challenge } = access;
	const target = {
		...access.target,
		observer: void 0
	};
	const last = polled.timedOut ? fault : polled.value;
	const isUndecided = polled.timedOut || request.endsAtFailure === true;
	const mixed = last && isUndecided ? await describeMixedTargets(last, target, eras, expected, rounds.at(-1)?.exchanges ?? []) : last;
	const ended = polled.timedOut ? atDeadline(rounds, mixed, request.rounds) : mixed;
	const verdict = ended?.isCut && ended.code !== "DEADLINE" && failures === 0 ? asUnproven(ended) : ended;
	eras = mergeRounds(counted.map((round) => round.eras)) ?? eras;
	if (eras.legacy.failure?.code === "SESSION_LOST") eras = {
		...eras,
		legacy: {
			...eras.legacy,
			failure: await withCookieJar(eras.legacy.failure, target, expected)
		}
	};
	const compatibility = checkHosts(eras, request.hosts ?? [], secretsOf(target.headers));
	for (const warning of compatibility.warnings) access.warnings.add(warning);
	const afterRounds = verdict ?? compatibility.failure ?? await callTools(access, request, eras, rounds);
	const newer = eras["http-sse"].verdict === "passed" ? await findStreamableAddress(target) : void 0;
	if (newer !== void 0 && afterRounds?.code !== "OLD_TRANSPORT") access.warnings.add(`The same server has Streamable HTTP at ${newer}: use that address, the newer transport.`);
	const cause = afterRounds?.code === "SESSION_LOST" ? eras.legacy.failure ?? afterRounds : afterRounds;
	const decided = cause ? asSingleEraFailure(await withHint(cause, target), eras) : missingContractFailure(request);
	await leave(access, request, rounds);
	return resultOf(request, {
		eras,
		failure: decided,
		challenge,
		warnings: access.warnings,
		latencies: counted.map(({ latencyMs }) => latencyMs),
		elapsedMs: performance.now() - started,
		rounds
	});
}
async function leave({ target, warnings }, request, rounds) {
	const url = request.leaveUrl === void 0 ? null : URL.parse(request.leaveUrl);
	const isReached = rounds.some(({ exchanges }) => exchanges.some(({ status }) => status !== null));
	if (url === null || !isReached || endsAtAuthChallenge(request)) return;
	const { endSessionTimeoutMs } = target.times;
	const outcome = await exchange({
		...target,
		deadline: performance.now() + endSessionTimeoutMs
	}, {
		url,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/json"
		},
		body: "{}",
		followsRedirect: false,
		headersTimeoutMs: endSessionTimeoutMs,
		bodyTimeoutMs: endSessionTimeoutMs
	});
	if (outcome.kind === "reply" && outcome.status < 300) return;
	const observed = outcome.kind === "reply" ? `HTTP ${outcome.status}` : outcome.code;
	warnings.add(`The session of the gate could not be ended (${observed}), so the platform keeps it until its own timeout.`);
}
async function callTools({ target }, { calls = [] }, eras, rounds) {
	if (calls.length === 0) return void 0;
	const { runCalls } = await import("./calls.js");
	const exchanges = [];
	const failed = await runCalls(target, calls, eras, exchanges);
	const last = rounds.pop();
	if (last) rounds.push({
		...last,
		exchanges: [...last.exchanges, ...exchanges]
	});
	return failed;
}
function sameFailure(before, { sentence }) {
	return before?.sentence === sentence ? {
		...before,
		rounds: before.rounds + 1
	} : {
		sentence,
		since: performance.now(),
		rounds: 1
	};
}
function mayBeSteady({ code, step }) {
	return step === "tools/list" && [
		"RPC_ERROR",
		"SSE_EMPTY",
		"SERVER_ERROR"
	].includes(code);
}
function withSteadiness(fault, { since, rounds }) {
	const seconds = Math.round((performance.now() - since) / 1e3);
	const sentence = `${fault.sentence} It was the same in ${rounds} rounds over ${seconds} s, so the gate stopped waiting.`;
	const fix = `${fault.fix} ${codes.LIST_UNBUILDABLE.fix}`;
	return {
		...fault,
		sentence,
		fix
	};
}
function asUnproven(cut) {
	if (cut.remedy === "config") return cut;
	return {
		...cut,
		sentence: `${cut.sentence} The end of mcp-timeout cut this request.`,
		fix: `${codes.DEADLINE.fix} ${cut.fix}`,
		remedy: "config"
	};
}
function waitAfter(fault, times) {
	if (fault?.code !== "RATE_LIMITED") return void 0;
	return Math.min(Math.max(fault.retryAfterMs ?? times.rateLimitedDelayMs, times.retryDelayMs), times.maxRetryAfterMs);
}
function committed({ contract }) {
	return contract?.tools && {
		path: contract.path,
		tools: contract.tools
	};
}
const requestLimitCodes = ["RATE_LIMITED", "REQUESTS_SPENT"];
function atDeadline(rounds, last, wanted) {
	const recent = rounds.slice(-10).map(({ verdict, survey }) => verdict === "green" ? survey?.verdict : verdict).filter((verdict) => !requestLimitCodes.includes(verdict));
	const failed = recent.filter((verdict) => verdict !== void 0 && verdict !== "green");
	if (last && [
		"FLAPPING",
		"DEADLINE",
		...requestLimitCodes
	].includes(last.code)) return last;
	if (last?.code === "SESSION_LOST" && failed.every((verdict) => verdict === "SESSION_LOST")) return last;
	const [first] = failed;
	if (first && failed.length < recent.length) {
		const named = [...new Set(failed)].join(", ");
		const shown = last ? ` The last one: ${last.sentence}` : "";
		const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`;
		return failure("FLAPPING", last?.step ?? "rounds", sentence, last?.era);
	}
	return last ?? tooFewRounds(recent.length, wanted);
}
function tooFewRounds(done, wanted, cut) {
	return {
		...failure("DEADLINE", "rounds", `Only ${done} of ${wanted} green rounds were done when the time was up.` + (cut ? ` The end of the time cut a request to ${cut.step}.` : "")),
		...cut?.isCut && { isCut: true }
	};
}
function faultLine(fault, final) {
	return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? "" : " Waiting."}`;
}
function greenLine(eras, challenge, { auth, rounds }) {
	const passedEras = ERAS.filter((era) => eras[era].verdict === "passed").map((era) => `${era} ${eras[era].protocolVersion ?? ""}`);
	return `MCP: green (${[...auth === "required" && challenge ? [`authorization by ${challenge.authorizationServers.join(", ")}`] : [], ...passedEras].join(", ")}); ${rounds} in a row are wanted.`;
}
// src/report/markdown.ts
let trustedMarkdown;
var Markdown = class Markdown {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static {
		trustedMarkdown = (text) => new Markdown(text);
	}
	static word(word) {
		return new Markdown(word);
	}
	static join(pieces, separator) {
		return new Markdown(pieces.flatMap((piece) => piece === void 0 || piece.isEmpty ? [] : piece.#text).join(separator));
	}
	get length() {
		return this.#text.length;
	}
	get bytes() {
		return Buffer.byteLength(this.#text);
	}
	get isEmpty() {
		return this.#text === "";
	}
	toString() {
		return this.#text;
	}
};
function md(parts, ...values) {
	let text = parts[0] ?? "";
	values.forEach((value, index) => {
		if (value instanceof Markdown || typeof value === "number") text += String(value);
		else if (value !== void 0) text += startsBlock(text) ? escapeStart(proseOf(value)) : proseOf(value);
		text += parts[index + 1] ?? "";
	});
	return trustedMarkdown(text);
}
var Plain = class Plain {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static of(parts, values) {
		let text = parts[0] ?? "";
		values.forEach((value, index) => {
			text += `${typeof value === "string" ? secrets.redact(value) : value ?? ""}${parts[index + 1]}`;
		});
		return new Plain(text);
	}
	static startOf(text) {
		return new Plain(secrets.redactStart(text));
	}
	get length() {
		return this.#text.length;
	}
	get isEmpty() {
		return this.#text === "";
	}
	get firstLine() {
		return this.#lines(0, 1);
	}
	get rest() {
		return new Plain(this.#lines(1).#text.trim());
	}
	get lines() {
		return this.#text.split("\n").map((each) => new Plain(each));
	}
	get oneLine() {
		return new Plain(oneLine(this.#text));
	}
	get visible() {
		return new Plain(visible(this.#text));
	}
	get lastPart() {
		return new Plain(lastPart(this.#text));
	}
	start(units) {
		return new Plain(this.#text.slice(0, units).toWellFormed());
	}
	trim() {
		return new Plain(this.#text.trim());
	}
	shorten(maxUnits) {
		return new Plain(shorten(this.#text, maxUnits));
	}
	wholeLines(maxBytes) {
		const bytes = Buffer.from(this.#text);
		if (bytes.length <= maxBytes) return {
			text: this,
			omitted: void 0
		};
		const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, maxBytes)))).toString();
		return {
			text: new Plain(cut),
			omitted: this.#text.split("\n").length - cut.split("\n").length
		};
	}
	toString() {
		return this.#text;
	}
	#lines(from, to) {
		return new Plain(this.#text.split("\n").slice(from, to).join("\n"));
	}
};
function plain(parts, ...values) {
	return Plain.of(parts, values);
}
function code(text, maxUnits = Infinity) {
	return trustedMarkdown(codeSpan(oneLine(redactAndShorten(text, maxUnits))));
}
function prose(text, maxUnits = Infinity) {
	return trustedMarkdown(escapeStart(proseOf(text, maxUnits)));
}
function mention(login) {
	return /^[A-Za-z\d](?:[A-Za-z\d_-]{0,98}[A-Za-z\d])?$/.test(login) ? trustedMarkdown(`@${login}`) : code(login, 100);
}
function html(text, maxUnits = Infinity) {
	return trustedMarkdown(htmlOf(redactAndShorten(text, maxUnits)));
}
function name(text, maxUnits = Infinity) {
	const shown = redactAndShorten(text, maxUnits);
	return /^[A-Za-z\d]+(?:_[A-Za-z\d]+)*$/.test(shown) ? trustedMarkdown(shown) : prose(text, maxUnits);
}
function fence(content, language = "") {
	const text = visible((Array.isArray(content) ? content : [content]).map((each) => redactAndShorten(each)).join("\n"));
	const [backticks, tildes] = [longestRun(text, "`"), longestRun(text, "~")];
	const line = backticks <= tildes ? "`".repeat(Math.max(3, backticks + 1)) : "~".repeat(Math.max(3, tildes + 1));
	return trustedMarkdown(`${line}${language}\n${text}\n${line}`);
}
function collapsible(title, body, isOpen = false) {
	return trustedMarkdown(`<details${isOpen ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`);
}
function list(items) {
	return trustedMarkdown(items.map((item) => `- ${item}`).join("\n"));
}
function row(cells) {
	return trustedMarkdown(`| ${cells.map((cell) => withEscapedBars(String(cell))).join(" | ")} |`);
}
function withEscapedBars(cell) {
	const [first = "", ...rest] = cell.split("|");
	return rest.reduce((text, part) => {
		let backslashes = 0;
		while (text.at(-1 - backslashes) === "\\") backslashes++;
		return `${text}${"\\".repeat(backslashes)}\\|${part}`;
	}, first);
}
function link(label, url) {
	return isFreeOfSecrets(url) ? knownLink(label, url) : label;
}
function knownLink(label, url) {
	return trustedMarkdown(`[${label}](${destination(url)})`);
}
function knownHtmlLink(label, url) {
	return trustedMarkdown(`<a href="${htmlOf(url)}">${label}</a>`);
}
function image(alternative, url) {
	return isFreeOfSecrets(url) ? trustedMarkdown(`![${alternative}](${destination(url)})`) : md``;
}
function hiddenLine(text) {
	if (text !== "" && !/^<!-- [\w .:=-]+ -->$/.test(text)) throw new Error("A hidden line holds more than data of ours.");
	return trustedMarkdown(text);
}
function withHiddenLine(page, text) {
	const [first = "", ...others] = String(page).split("\n");
	return trustedMarkdown([
		first,
		hiddenLine(text),
		...others
	].join("\n"));
}
function alreadyPosted(body) {
	return trustedMarkdown(body);
}
function isFreeOfSecrets(url) {
	const origin = URL.parse(url)?.origin ?? "";
	const rest = url.startsWith(origin) ? url.slice(origin.length) : url;
	return secrets.redact(rest) === rest;
}
function destination(url) {
	return url.replace(/[()\\<>\s]/g, (char) => encodeURIComponent(char).replace(/[()]/, percentEncoded));
}
function percentEncoded(char) {
	return `%${char.charCodeAt(0).toString(16)}`;
}
function redactAndShorten(text, maxUnits = Infinity) {
	return shorten(typeof text === "string" ? secrets.redact(text) : String(text), maxUnits);
}
function codeSpan(content) {
	if (content.trim() === "") return "` `";
	const ticks = "`".repeat(longestRun(content, "`") + 1);
	const pad = content.startsWith("`") || content.endsWith("`") || /^ .* $/.test(content) ? " " : "";
	return `${ticks}${pad}${content}${pad}${ticks}`;
}
function proseOf(text, maxUnits) {
	return oneLine(redactAndShorten(text, maxUnits)).trim().split(/([\s"'()<>[\],;]+)/).map((word) => {
		if (!notifyingWord.test(word)) return escapeMarkdown(word);
		const core = word.replace(/(?<![.:!?])[.:!?]+$/, "");
		return core === "" ? escapeMarkdown(word) : `${codeSpan(core)}${word.slice(core.length)}`;
	}).join("");
}
function htmlOf(text) {
	return oneLine(text).replace(/[&<>"']/g, entity);
}
const notifyingWord = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i;
function escapeMarkdown(text) {
	return text.replace(/[\\`*_[\]<>|~&$!]/g, entity);
}
function escapeStart(text) {
	return text.replace(/^(?:[#>+=-]|\d+[.)](?!\S))/, (start) => start.replace(/./g, entity));
}
function startsBlock(before) {
	return !/[\p{L}\p{N}]/u.test(before.slice(before.lastIndexOf("\n") + 1));
}
function entity(char) {
	return `&#${char.charCodeAt(0)};`;
}
function longestRun(text, char) {
	let longest = 0;
	let run = 0;
	for (const each of text) {
		run = each === char ? run + 1 : 0;
		if (run > longest) longest = run;
	}
	return longest;
}
// src/github/api.ts
const defaultGitHubTimes = {
	requestTimeoutMs: 2e4,
	timeoutMs: 15e4,
	retryDelaysMs: [
		1e3,
		2e3,
		4e3
	],
	rateLimitDelayMs: 6e4,
	mergeDelayMs: 2e3
};
const maxWrites = 4;
const maxMergeabilityRequests = 5;
const maxCommits = 300;
var GitHub = class {
	#token;
	#client;
	#repository;
	#log;
	#times;
	#login;
	constructor(token, owner, repo, log = () => {}, times = defaultGitHubTimes) {
		this.#token = token;
		this.#repository = {
			owner,
			repo
		};
		this.#log = log;
		this.#times = times;
	}
	preload() {
		this.#api().catch(() => {});
	}
	#api() {
		this.#client ??= import("./github.js").then(({ getOctokit: create }) => {
			const octokit = create(this.#token);
			octokit.hook.before("request", ({ request }) => {
				const send = request.fetch;
				request.fetch = (url, options) => send(url, {
					...options,
					signal: AbortSignal.timeout(this.#times.requestTimeoutMs)
				});
			});
			return octokit;
		});
		return this.#client;
	}
	async pullRequestOf(sha, timeoutMs) {
		const result = await poll(async () => {
			const { data } = await this.#callWithRetry(`the pull requests of commit ${sha}`, async () => (await this.#api()).rest.repos.listPullRequestsAssociatedWithCommit({
				...this.#repository,
				commit_sha: sha
			}));
			const merged = data.filter((pull) => pull.merged_at !== null);
			const match = merged.find((pull) => pull.merge_commit_sha === sha) ?? merged[0];
			return match === void 0 ? { waitingFor: "a merged pull request" } : { done: toPullRequest(match) };
		}, {
			delayMs: () => this.#times.mergeDelayMs,
			timeoutMs
		});
		return result.timedOut ? void 0 : result.value;
	}
	async pullRequest(number) {
		const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
			...this.#repository,
			pull_number: number
		}));
		return toPullRequest(data);
	}
	async mergedPullRequests(branch) {
		const { data } = await this.#callWithRetry(`the merged pull requests of ${branch}`, async () => (await this.#api()).rest.pulls.list({
			...this.#repository,
			state: "closed",
			base: branch,
			sort: "updated",
			direction: "desc",
			per_page: 100
		}));
		return data.filter(({ merged_at }) => merged_at !== null).sort((a, b) => Date.parse(b.merged_at ?? "") - Date.parse(a.merged_at ?? "") || b.number - a.number).map(toPullRequest);
	}
	async openPullRequests(branch) {
		const { data } = await this.#callWithRetry(`the open pull requests of ${branch}`, async () => (await this.#api()).rest.pulls.list({
			...this.#repository,
			state: "open",
			base: branch,
			sort: "updated",
			direction: "desc",
			per_page: 100
		}), void 0, "pull-requests: read");
		return data.map(toPullRequest);
	}
	async setCommitStatus(sha, { context, state, description, url }) {
		await this.#callWithRetry(`the status of commit ${sha.slice(0, 7)}`, async () => (await this.#api()).rest.repos.createCommitStatus({
			...this.#repository,
			sha,
			context: String(context),
			state,
			description: String(description),
			target_url: url
		}), void 0, "statuses");
	}
	async commitsBetween(base, head) {
		const what = `the commits between ${base.slice(0, 7)} and ${head}`;
		const commits = [];
		for (let page = 1;; page++) {
			let data;
			try {
				const query = {
					...this.#repository,
					basehead: `${base}...${head}`,
					per_page: 100,
					page
				};
				const request = async () => (await this.#api()).rest.repos.compareCommitsWithBasehead(query);
				data = (await this.#callWithRetry(what, request, void 0, "contents: read")).data;
			} catch (error) {
				if (statusOf(error) === 404) return {
					relation: "unrelated",
					commits: []
				};
				throw error;
			}
			if (data.status === "identical") return {
				relation: "same",
				commits: []
			};
			if (data.status !== "ahead") return {
				relation: "unrelated",
				commits: []
			};
			if (data.total_commits > maxCommits) return {
				relation: "ancestor",
				commits: void 0
			};
			commits.push(...data.commits.map(({ sha }) => sha));
			if (commits.length >= data.total_commits || data.commits.length === 0) return {
				relation: "ancestor",
				commits
			};
		}
	}
	async filesOfPullRequest(number) {
		const { listFiles } = (await this.#api()).rest.pulls;
		const query = {
			...this.#repository,
			pull_number: number,
			per_page: 100
		};
		return (await this.#callWithRetry(`the files of pull request #${number}`, async () => (await this.#api()).paginate(listFiles, query), void 0, "pull-requests: read")).map(toChangedFile);
	}
	async filesBetween(base, head) {
		try {
			const { data } = await this.#callWithRetry(`the files between ${base.slice(0, 7)} and ${head.slice(0, 7)}`, async () => (await this.#api()).rest.repos.compareCommitsWithBasehead({
				...this.#repository,
				basehead: `${base}...${head}`,
				per_page: 1,
				page: 1
			}), void 0, "contents: read");
			if (data.status !== "ahead" && data.status !== "identical") return void 0;
			return (data.files ?? []).map(toChangedFile);
		} catch (error) {
			if (statusOf(error) === 404) return void 0;
			throw error;
		}
	}
	async readComment(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0]?.body;
	}
	async readFirstComments(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs, 1))[0]?.body;
	}
	async findComment(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0];
	}
	async requestedPullRequest(number) {
		for (let asked = 1;; asked++) {
			const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
				...this.#repository,
				pull_number: number
			}));
			const { user, head, mergeable_state: mergeability, draft } = data;
			if (mergeability === "unknown" && data.state === "open" && asked < maxMergeabilityRequests) {
				await sleep(this.#times.mergeDelayMs);
				continue;
			}
			const author = user?.login ?? "";
			const fromDependabot = author === "dependabot[bot]" || /^dependabot[/-]/.test(head.ref);
			return {
				...toPullRequest(data),
				author,
				fromDependabot,
				mergeability: draft === true ? "draft" : mergeability
			};
		}
	}
	async accessOf(login) {
		try {
			const { data } = await this.#callWithRetry(`the permission of ${login}`, async () => (await this.#api()).rest.repos.getCollaboratorPermissionLevel({
				...this.#repository,
				username: login
			}));
			const { permission } = data;
			return permission === "admin" || permission === "write" || permission === "read" ? permission : "none";
		} catch (error) {
			if (statusOf(error) === 404) return "none";
			throw error;
		}
	}
	async reviewsOf(number) {
		const query = {
			...this.#repository,
			pull_number: number,
			per_page: 100
		};
		const reviews = await this.#callWithRetry(`the reviews of pull request #${number}`, async () => (await this.#api()).paginate((await this.#api()).rest.pulls.listReviews, query), void 0, "pull-requests: read");
		const states = {
			APPROVED: "approved",
			CHANGES_REQUESTED: "changes-requested",
			DISMISSED: "dismissed"
		};
		return reviews.flatMap(({ user, state, commit_id, submitted_at }) => {
			const known = states[state];
			if (known === void 0 || user?.type !== "User" || commit_id === null || submitted_at === void 0) return [];
			return [{
				by: user.login,
				state: known,
				commit: commit_id,
				at: submitted_at
			}];
		});
	}
	async upsertComment(pullRequest, marker, compose) {
		const what = `the comment on pull request #${pullRequest}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		let posted;
		let written;
		let failures = 0;
		for (let writes = 0;;) {
			const [ours, ...others] = await this.#ourComments(pullRequest, marker, what, deadline);
			const body = compose(ours?.body);
			for (const other of others) {
				const isMine = other.id === posted?.id;
				if (!isMine && compose(other.body) === void 0) continue;
				await this.#delete(other.id, what, deadline);
				if (isMine) posted = void 0;
			}
			const isThere = ours !== void 0 && ours.id === posted?.id && isSameBody(ours.body, written);
			if (body === void 0 || isThere || posted !== void 0 && writes >= maxWrites) return posted;
			try {
				posted = await this.#write(pullRequest, ours?.id, body);
				written = String(body);
				writes++;
			} catch (error) {
				if (statusOf(error) === 404 && ours !== void 0 && failures <= this.#times.retryDelaysMs.length) failures++;
				else await this.#waitOrThrow(error, failures++, deadline, what);
			}
		}
	}
	async mergerOf(number) {
		const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
			...this.#repository,
			pull_number: number
		}));
		return [data.merged_by, data.user].filter((user) => user?.type === "User")[0]?.login;
	}
	async commentOnce(pullRequest, { marker, prefix, max }, compose) {
		const what = `a comment on pull request #${pullRequest}`;
		const ours = await this.#ourComments(pullRequest, prefix, what, Date.now() + this.#times.timeoutMs);
		if (ours.length >= max || ours.some(({ body }) => body.startsWith(marker))) return;
		const body = await compose();
		try {
			const { rest } = await this.#api();
			await rest.issues.createComment({
				...this.#repository,
				issue_number: pullRequest,
				body: String(body)
			});
		} catch (error) {
			throw serviceError(what, error);
		}
	}
	async labelsOf(pullRequest) {
		const { data } = await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.listLabelsOnIssue({
			...this.#repository,
			issue_number: pullRequest,
			per_page: 100
		}));
		return data.map(({ name }) => name);
	}
	async createLabel(name, color) {
		try {
			await this.#callWithRetry(`the label ${name}`, async () => (await this.#api()).rest.issues.createLabel({
				...this.#repository,
				name,
				color
			}));
		} catch (error) {
			if (statusOf(error) !== 422) throw error;
		}
	}
	async addLabels(pullRequest, labels) {
		await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.addLabels({
			...this.#repository,
			issue_number: pullRequest,
			labels
		}));
	}
	async removeLabel(pullRequest, name) {
		try {
			await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.removeLabel({
				...this.#repository,
				issue_number: pullRequest,
				name
			}));
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
		}
	}
	async issuesOf(marker) {
		const what = "the open issues";
		const deadline = Date.now() + this.#times.timeoutMs;
		const { listForRepo } = (await this.#api()).rest.issues;
		const query = {
			...this.#repository,
			state: "open",
			per_page: 100
		};
		const candidates = (await this.#callWithRetry(what, async () => (await this.#api()).paginate(listForRepo, query), deadline, "issues")).filter(({ body, pull_request }) => !pull_request && body?.startsWith(marker));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#readLogin(deadline);
		return candidates.filter(({ user }) => isLoginOf(user, this.#login)).map(({ number, html_url: url, body }) => ({
			number,
			url,
			body: body ?? ""
		})).sort((a, b) => a.number - b.number);
	}
	async openIssue(marker, title, body) {
		const deadline = Date.now() + this.#times.timeoutMs;
		let created;
		for (let failures = 0;;) {
			const open = await this.issuesOf(marker);
			const oldest = open[0] ?? created;
			if (oldest !== void 0) {
				const numbers = new Set([...open, ...created === void 0 ? [] : [created]].map(({ number }) => number));
				for (const number of numbers) if (number !== oldest.number) await this.#closeDuplicate(number, oldest.number, marker);
				return oldest;
			}
			try {
				const { data } = await (await this.#api()).rest.issues.create({
					...this.#repository,
					title: String(title),
					body: String(body)
				});
				this.#login = data.user?.login;
				created = {
					number: data.number,
					url: data.html_url,
					body: String(body)
				};
			} catch (error) {
				await this.#waitOrThrow(error, failures++, deadline, "a new issue", "issues");
			}
		}
	}
	async #closeDuplicate(number, oldest, marker) {
		const body = md`${hiddenLine(marker)}\n\nDuplicate of #${oldest}: two runs found the same failure at the same time.`;
		await this.updateIssue(number, {
			body,
			state: "closed",
			state_reason: "not_planned"
		});
	}
	async updateIssue(number, { body, ...change }) {
		await this.#callWithRetry(`issue #${number}`, async () => (await this.#api()).rest.issues.update({
			...this.#repository,
			issue_number: number,
			body: String(body),
			...change
		}), void 0, "issues");
	}
	async commentOnIssue(number, body) {
		try {
			await (await this.#api()).rest.issues.createComment({
				...this.#repository,
				issue_number: number,
				body: String(body)
			});
		} catch (error) {
			throw serviceError(`a comment on issue #${number}`, error, "issues");
		}
	}
	async createDeployment(sha, environment, payload) {
		const what = `a deployment to the environment ${environment}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		const { repos } = (await this.#api()).rest;
		const wanted = {
			...this.#repository,
			environment,
			task: "deploy"
		};
		for (let failures = 0;; failures++) {
			try {
				const { data } = await repos.createDeployment({
					...wanted,
					ref: sha,
					auto_merge: false,
					required_contexts: [],
					transient_environment: false,
					payload: { ...payload }
				});
				if ("id" in data) return data.id;
				throw new ServiceError(`GitHub merged instead of making ${what}: ${data.message}`);
			} catch (error) {
				await this.#waitOrThrow(error, failures, deadline, what, "deployments");
			}
			const { data } = await this.#callWithRetry(what, () => repos.listDeployments({
				...wanted,
				sha,
				per_page: 100
			}), deadline, "deployments");
			const existing = data.find((each) => typeof each.payload === "object" && each.payload.run === payload.run);
			if (existing !== void 0) return existing.id;
		}
	}
	async activeDeployments(environment, stack) {
		const what = `the deployments to the environment ${environment}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		const { repos } = (await this.#api()).rest;
		const query = {
			...this.#repository,
			environment,
			task: "deploy",
			per_page: 100
		};
		const { data } = await this.#callWithRetry(what, () => repos.listDeployments(query), deadline, "deployments");
		const active = [];
		for (const { id, payload } of data) {
			if (typeof payload !== "object" || payload.stack !== stack) continue;
			const one = {
				...this.#repository,
				deployment_id: id,
				per_page: 1
			};
			const [last] = (await this.#callWithRetry(what, () => repos.listDeploymentStatuses(one), deadline, "deployments")).data;
			if (!/^(inactive|failure|error)$/.test(last?.state ?? "")) active.push(id);
		}
		return active;
	}
	async addDeploymentStatus(id, status) {
		const { state, description, logUrl, environmentUrl } = status;
		await this.#callWithRetry(`the status of deployment ${id}`, async () => (await this.#api()).rest.repos.createDeploymentStatus({
			...this.#repository,
			deployment_id: id,
			state,
			description,
			log_url: logUrl,
			...environmentUrl !== void 0 && { environment_url: environmentUrl }
		}), void 0, "deployments");
	}
	async #write(pullRequest, existing, markdown) {
		const { issues } = (await this.#api()).rest;
		const body = String(markdown);
		const { data } = existing === void 0 ? await issues.createComment({
			...this.#repository,
			issue_number: pullRequest,
			body
		}) : await issues.updateComment({
			...this.#repository,
			comment_id: existing,
			body
		});
		if (existing === void 0) this.#login = data.user?.login;
		return {
			id: data.id,
			url: data.html_url
		};
	}
	async #delete(id, what, deadline) {
		try {
			await this.#callWithRetry(what, async () => (await this.#api()).rest.issues.deleteComment({
				...this.#repository,
				comment_id: id
			}), deadline);
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
		}
	}
	async #ourComments(pullRequest, marker, what, deadline, maxPages = Number.POSITIVE_INFINITY) {
		const comments = await this.#callWithRetry(what, async () => {
			let pages = 0;
			const query = {
				...this.#repository,
				issue_number: pullRequest,
				per_page: 100
			};
			const { paginate, rest } = await this.#api();
			return await paginate(rest.issues.listComments, query, ({ data }, done) => {
				pages++;
				if (pages >= maxPages) done();
				return data;
			});
		}, deadline);
		const isOurs = typeof marker === "string" ? (body) => body.startsWith(marker) : marker;
		const candidates = comments.filter(({ body }) => body !== void 0 && isOurs(body));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#readLogin(deadline);
		return candidates.filter(({ user }) => isLoginOf(user, this.#login)).map(({ id, body = "", updated_at }) => ({
			id,
			body,
			updatedAt: updated_at
		})).sort((a, b) => a.id - b.id);
	}
	async #readLogin(deadline) {
		const what = "the owner of github-token";
		const person = await this.#unlessRefused(() => this.#callWithRetry(what, async () => (await (await this.#api()).rest.users.getAuthenticated()).data.login, deadline));
		if (person !== void 0) return person;
		const viewer = async () => (await this.#api()).graphql("{ viewer { login } }");
		return await this.#callWithRetry(what, async () => (await viewer()).viewer.login, deadline);
	}
	async #unlessRefused(ask) {
		try {
			return await ask();
		} catch (error) {
			if (statusOf(error) === 401 || statusOf(error) >= 500) throw error;
			return;
		}
	}
	async #callWithRetry(what, request, deadline = Date.now() + this.#times.timeoutMs, permission) {
		for (let failures = 0;; failures++) try {
			return await request();
		} catch (error) {
			await this.#waitOrThrow(error, failures, deadline, what, permission);
		}
	}
	async #waitOrThrow(error, failures, deadline, what, permission) {
		const delayMs = retryDelayMs(error, failures, Date.now(), this.#times);
		if (delayMs === void 0 || Date.now() + delayMs > deadline) throw serviceError(what, error, permission);
		if (isRateLimit(error)) this.#log(`GitHub requests a wait of ${Math.ceil(delayMs / 1e3)} s for ${what}: ${messageOf(error)}`);
		await sleep(delayMs);
	}
};
function isLoginOf(author, login) {
	if (author === null || login === void 0) return false;
	return author.login === login || author.type === "Bot" && author.login === `${login}[bot]`;
}
function isSameBody(body, written) {
	return written !== void 0 && body.replaceAll("\r\n", "\n").trimEnd() === written.trimEnd();
}
function toChangedFile({ filename, previous_filename }) {
	return {
		path: filename,
		previous: previous_filename
	};
}
function toPullRequest(pull) {
	const { number, state, merge_commit_sha, head, base } = pull;
	return {
		number,
		isOpen: state === "open",
		head: head.sha,
		base: base.ref,
		mergeCommit: merge_commit_sha ?? "",
		fromFork: head.repo?.full_name !== base.repo?.full_name
	};
}
function statusOf(error) {
	if (error instanceof ServiceError) return statusOf(error.cause);
	if (typeof error === "object" && error !== null && "status" in error && typeof error.status === "number") return error.status;
	return error instanceof TypeError || error instanceof Error && error.name === "TimeoutError" ? 500 : 0;
}
function retryDelayMs(error, failures, now, { retryDelaysMs, rateLimitDelayMs } = defaultGitHubTimes) {
	if (isRateLimit(error)) {
		const requestedSeconds = Number(header(error, "retry-after"));
		if (requestedSeconds > 0) return requestedSeconds * 1e3;
		const reset = Number(header(error, "x-ratelimit-reset"));
		if (header(error, "x-ratelimit-remaining") === "0" && reset > 0) return Math.max(reset * 1e3 - now, 0) + 1e3;
		return rateLimitDelayMs * 2 ** failures;
	}
	return statusOf(error) >= 500 || statusOf(error) === 408 ? retryDelaysMs[failures] : void 0;
}
function isRateLimit(error) {
	if (statusOf(error) === 429) return true;
	if (statusOf(error) !== 403) return false;
	return /rate limit|abuse detection/i.test(messageOf(error)) || header(error, "retry-after") !== void 0 || header(error, "x-ratelimit-remaining") === "0";
}
function header(error, name) {
	if (error instanceof ServiceError) return header(error.cause, name);
	const { response } = error;
	const value = response?.headers?.[name];
	return value === void 0 ? void 0 : String(value);
}
function serviceError(what, error, permission = "pull-requests") {
	if (error instanceof ServiceError) return error;
	const advice = {
		401: " The github-token is not valid, or has expired.",
		403: ` Give the job the permission \`${permission.includes(":") ? permission : `${permission}: write`}\`; a pull request from a fork only ever gets a token that reads.`,
		404: " Either it does not exist, or github-token may not see this repository.",
		410: " Issues are turned off in the settings of this repository."
	};
	const fix = isRateLimit(error) ? ` ${retryAdvice(error)}` : advice[statusOf(error)] ?? "";
	return new GitHubError(`GitHub did not give or take ${what}: ${messageOf(error)}${fix}`, { cause: error });
}
function retryAdvice(error) {
	const reset = Number(header(error, "x-ratelimit-reset"));
	return header(error, "x-ratelimit-remaining") === "0" && reset > 0 && reset < 864e10 ? `The limit is used up until ${new Date(reset * 1e3).toISOString()}: run it again then.` : "Run it again later.";
}
// src/terraform/diagnostics.ts
function placeText({ file, line, outsideRepository }) {
	if (file !== void 0) return ` (${file}:${line})`;
	return outsideRepository === void 0 ? "" : ` (${outsideRepository})`;
}
const withAddress = /^ {2}with (.+),$/;
const onLine = /^ {2}on (.{1,4096}) line (\d{1,9})(?:, in .+)?:$/;
const inCode = /^ *\d+: |^ *\d+:$|^ {4}[├│]|^ {2}\(source code not available\)$/;
const preamble = /^\w+ encountered problems during initiali[sz]ation/;
function readDiagnostics(text) {
	const blocks = `\n\n${text.replaceAll("\r\n", "\n").trimStart()}`.split(/\n[ \t]*\n(?=(?:Error|Warning): \S)/);
	const diagnostics = new Map();
	for (const block of blocks) {
		const diagnostic = readBlock(block);
		if (diagnostic !== void 0) diagnostics.set(JSON.stringify(diagnostic), diagnostic);
	}
	const all = [...diagnostics.values()];
	const others = all.filter(({ summary }) => !preamble.test(summary));
	return others.length > 0 ? others : all;
}
function readBlock(block) {
	const [, word, text = ""] = /^(Error|Warning): ([\s\S]*)$/.exec(block) ?? [];
	if (word === void 0) return void 0;
	const lines = text.split("\n");
	const isPlace = (line, at) => lines[at - 1]?.trim() === "" && (withAddress.test(line) || onLine.test(line));
	const begin = lines.findIndex(isPlace);
	let end = begin;
	const next = (pattern) => {
		const match = pattern.exec(lines[end] ?? "");
		if (match !== null) end++;
		return match;
	};
	let address;
	let place = null;
	if (begin !== -1) {
		address = next(withAddress)?.[1];
		place = next(onLine);
		while (next(inCode) !== null);
	}
	const before = lines.slice(0, begin === -1 ? void 0 : begin).join("\n");
	const [, summary = "", more = ""] = /^([\s\S]*?)(?:\n[ \t]*\n([\s\S]*))?$/.exec(before.trim()) ?? [];
	const detail = [more, begin === -1 ? "" : lines.slice(end).join("\n")].map(trimLines).filter((part) => part !== "").join("\n\n");
	const location = place === null ? placeInText(detail) : {
		file: place[1] ?? "",
		line: Number(place[2])
	};
	return {
		severity: word === "Error" ? "error" : "warning",
		summary: summary.split("\n").map((line) => line.trim()).join(" "),
		detail,
		excerpt: begin === -1 ? "" : lines.slice(begin, end).join("\n"),
		...address !== void 0 && { address },
		...location
	};
}
function placeInText(detail) {
	const [, file, line] = /\bat\s+(\S+\.(?:tf|tofu)(?:\.json)?):(\d+)\b/.exec(detail) ?? [];
	return file === void 0 ? {} : {
		file,
		line: Number(line)
	};
}
function fromValidate({ severity, summary, detail = "", address, range, snippet }) {
	const place = range === void 0 ? "" : `  on ${range.filename} line ${range.start.line}${snippet?.context ? `, in ${snippet.context}` : ""}:`;
	const code = (snippet?.code.split("\n") ?? []).map((line, index) => `${String((snippet?.start_line ?? 0) + index).padStart(4)}: ${line}`);
	return {
		severity,
		summary,
		detail,
		excerpt: place === "" ? "" : [place, ...code].join("\n"),
		...address !== void 0 && address !== "" && { address },
		...range !== void 0 && {
			file: range.filename,
			line: range.start.line
		}
	};
}
function trimLines(text) {
	return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
// src/terraform/environment.ts
const cliConfigurations = {
	terraform: ["terraform"],
	tofu: ["tofu", "terraform"]
};
const lockFileName = ".terraform.lock.hcl";
function terraformEnvironment(env, isTrusted = true, more = {}) {
	return childEnvironment(env, isTrusted, {
		TF_IN_AUTOMATION: "1",
		TF_INPUT: "0",
		CHECKPOINT_DISABLE: "1",
		...more
	});
}
function untrustedSettings({ TF_CLI_CONFIG_FILE: file, GITHUB_WORKSPACE: checkout }) {
	if (!file || !checkout || !isAbsolute(file) || isIn(file, checkout)) return {};
	return { TF_CLI_CONFIG_FILE: file };
}
function varFileArguments(varFiles) {
	return varFiles.map((file) => `-var-file=${file}`);
}
function preparePluginCache(tool, env, directory) {
	const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env;
	if (!toolCache || userCache !== void 0 || !existsSync(join(directory, ".terraform.lock.hcl"))) return {};
	if (hasCliSetting(tool, env, /^[ \t]*plugin_cache_dir[ \t]*=/m)) return {};
	const cache = join(toolCache, "terraform-plugins");
	mkdirSync(cache, { recursive: true });
	return { TF_PLUGIN_CACHE_DIR: cache };
}
function hasCliSetting(tool, env, setting) {
	return cliConfigurationFiles(tool, env).some((file) => {
		try {
			return setting.test(readFileSync(file, "utf8"));
		} catch {
			return false;
		}
	});
}
function cliConfigurationFiles(tool, env) {
	const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG;
	if (named) return [named];
	const home = env.HOME || homedir();
	const own = process.platform === "win32" ? cliConfigurations[tool].map((name) => join(env.APPDATA ?? "", `${name}.rc`)) : cliConfigurations[tool].map((name) => join(home, `.${name}rc`));
	const xdg = tool === "tofu" && env.XDG_CONFIG_HOME ? join(env.XDG_CONFIG_HOME, "opentofu") : void 0;
	const main = own.find(existsSync) ?? (xdg && join(xdg, "tofurc"));
	const more = [join(home, ".terraform.d"), ...xdg ? [xdg] : []].flatMap((directory) => entries(directory).filter((name) => /\.tfrc(\.json)?$/.test(name)).map((name) => join(directory, name)));
	return [...main ? [main] : [], ...more];
}
function entries(directory) {
	return existsSync(directory) ? readdirSync(directory) : [];
}
// src/terraform/lock.ts
function parseHeldLock(diagnostics) {
	if (!diagnostics.includes("Error acquiring the state lock")) return void 0;
	const field = (name) => new RegExp(`^[ \\t]*${name}:[ \\t]+(.+)$`, "m").exec(diagnostics)?.[1]?.trim();
	const id = field("ID");
	const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1];
	if (overHttp !== void 0 && overHttp !== id) return {
		id: overHttp,
		who: "somebody",
		created: "an unknown time"
	};
	const ofWorkspace = /workspace already locked\s+\(lock\s+ID:\s+"([^"]+)"\)/.exec(diagnostics)?.[1];
	if (ofWorkspace !== void 0) return {
		id: ofWorkspace,
		who: "somebody",
		created: "an unknown time"
	};
	return id === void 0 ? void 0 : {
		id,
		who: field("Who") ?? "somebody",
		created: field("Created") ?? "an unknown time"
	};
}
async function queryHeldLock({ binary, directory, varFiles, dataDirectory }) {
	const args = [
		"untaint",
		...[
			"-allow-missing",
			"-no-color",
			"-lock-timeout=0s",
			...varFileArguments(varFiles)
		],
		"terraform_data.terraform_mcp_deploy"
	];
	const data = dataDirectory === void 0 ? {} : { TF_DATA_DIR: dataDirectory };
	const { exitCode, stderr } = await query(binary, args, {
		cwd: directory,
		env: terraformEnvironment(process.env, true, data),
		timeoutMs: 3e4,
		killSignal: "SIGINT"
	});
	if (exitCode === 0) return void 0;
	const lock = parseHeldLock(stderr);
	if (lock === void 0) throw new Error(`Command failed: ${binary} untaint\n${stderr}`);
	return lock;
}
// src/gate/recorder.ts
const maxBodyUnits = 20480;
const maxLineUnits = 4096;
const maxFirst = 60;
const maxLast = 60;
const maxSessions = 500;
var Recorder = class {
	#sent = new WeakMap();
	#first = new Map();
	#last = new Map();
	#sessions = new Map();
	onSent(outcome, request) {
		this.#sent.set(outcome, request);
	}
	onRecorded(entry, outcome) {
		const sent = this.#sent.get(outcome);
		if (sent === void 0) return;
		const transcript = this.#transcriptOf(sent, outcome);
		if (this.#first.size < maxFirst) this.#first.set(entry, transcript);
		else this.#last.set(entry, transcript);
		const [oldest] = this.#last.keys();
		if (this.#last.size > maxLast && oldest !== void 0) this.#last.delete(oldest);
	}
	find(entry) {
		return this.#first.get(entry) ?? this.#last.get(entry);
	}
	#transcriptOf(sent, outcome) {
		const { request, url, setHeaders } = sent;
		const holdsCredentials = request.holdsCredentials === true;
		const own = Object.entries(request.headers).map(([name, value]) => this.#recordHeader(name, value));
		const fromUser = setHeaders.map((name) => ({ name: name.toLowerCase() }));
		const { body } = request;
		return {
			sentAt: Date.now() - outcome.elapsedMs,
			url: startOf(url.href, maxLineUnits),
			isRedirected: url.href !== request.url.href,
			requestHeaders: [...own, ...fromUser],
			...body !== void 0 && !holdsCredentials && { requestBody: startOf(body, maxBodyUnits) },
			holdsCredentials,
			...outcome.kind === "reply" ? { reply: {
				headers: Object.entries(outcome.headers).map(([name, value]) => this.#recordHeader(name, [value ?? ""].flat().join(", "))),
				...!holdsCredentials && { body: startOf(outcome.body, maxBodyUnits) },
				ending: outcome.ending
			} } : { fault: {
				phase: outcome.phase,
				code: outcome.code,
				message: startOf(outcome.message, maxLineUnits)
			} }
		};
	}
	#recordHeader(name, value) {
		if (name === "mcp-session-id") return {
			name,
			...this.#sessionOf(value)
		};
		return isCredential(name) ? { name } : {
			name,
			value
		};
	}
	#sessionOf(id) {
		const known = this.#sessions.get(id);
		if (known !== void 0) return { session: known };
		if (this.#sessions.size >= maxSessions) return {};
		this.#sessions.set(id, this.#sessions.size + 1);
		return { session: this.#sessions.size };
	}
};
function isCredential(name) {
	return isSecretName(name) && !/^(?:connection$|(?:www|proxy)-authenticate$|access-control-)/i.test(name);
}
function startOf(text, maxUnits) {
	const { length: units } = text;
	if (units <= maxUnits) return {
		text,
		units
	};
	return {
		text: Buffer.from(text.slice(0, maxUnits)).toString(),
		units
	};
}
// src/platforms/access.ts
function withAccess(request, { signing, headers, traits, leaveUrl }) {
	const hasOther = request.oauth !== void 0 || hasAuthorization(request.headers);
	const sigv4 = request.sigv4 ?? (signing === void 0 || hasOther ? void 0 : `${signing.service}/${signing.region}`);
	const given = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
	const added = Object.entries(headers ?? {}).filter(([name]) => !given.has(name.toLowerCase()));
	return {
		...request,
		sigv4,
		headers: {
			...Object.fromEntries(added),
			...request.headers
		},
		...traits !== void 0 && { traits },
		...leaveUrl !== void 0 && { leaveUrl }
	};
}
// src/commands/explain.ts
async function explanationOf(job, failure, deployment, { observed, began }) {
	if (failure === void 0 || deployment === void 0) return {};
	const { explained, symptoms } = await import("./causes.js");
	const { collectEvidence, hasEvidence } = await import("./evidence3.js");
	if (symptoms[failure.code] === void 0 || !hasEvidence(deployment.serving)) return {};
	const explain = async () => {
		const { evidenceLines } = await import("./evidence.js");
		const evidence = await collectEvidence(deployment.serving, job.report.stability?.deployment, began);
		log.line(evidenceLines(evidence));
		return {
			failure: explained(failure, evidence, deployment.endpoint, observed),
			adds: { evidence }
		};
	};
	return { explain };
}
// src/commands/check-gate.ts
async function checkGate(job, endpoint, deployment) {
	const began = Date.now();
	return await job.check("gate", async () => {
		const report = await runGate(job, { endpoint }, deployment?.serving);
		const explanation = await explanationOf(job, report.failure, deployment, { began });
		return {
			adds: { gate: report },
			failure: report.failure,
			...explanation
		};
	});
}
function withOutputs({ inputs, outputCredentials }) {
	if (outputCredentials === void 0) return {};
	const { headers, oauth } = outputCredentials;
	return {
		headers: {
			...inputs.mcp.headers,
			...headers
		},
		oauth: oauth ?? inputs.mcp.oauth
	};
}
async function readCredentials(job, state) {
	const { fromOutputs, headers } = job.inputs.mcp;
	if (fromOutputs.headers === void 0 && fromOutputs.oauth === void 0) return;
	const { credentialSecrets, readOutputCredentials } = await import("./credential-outputs.js");
	secrets.add(...credentialSecrets(state, fromOutputs));
	job.outputCredentials = readOutputCredentials(state, fromOutputs, headers);
}
const newestOnly = {
	tools: [],
	contract: void 0,
	expectVersion: void 0,
	calls: [],
	hosts: []
};
async function gateEarlierVersion(job, endpoint, serving) {
	return await runGate(job, {
		endpoint,
		...newestOnly
	}, serving);
}
async function runGate(job, more, serving) {
	const request = {
		...job.inputs.mcp,
		...withOutputs(job),
		...more
	};
	const access = serving && (await import("./platforms2.js")).accessTo(serving, request.endpoint);
	const recorder = new Recorder();
	const report = await gate(access === void 0 ? request : withAccess(request, access), (text) => log.line(line`${text}`), (secret) => secrets.add(secret), void 0, recorder);
	job.recorders.set(report, recorder);
	return report;
}
// src/terraform/root-module.ts
const shippedModulesDirectory = fileURLToPath(new URL("../../terraform/", import.meta.url));
function shippedModuleDirectory(stack) {
	return join(shippedModulesDirectory, stack);
}
const loadedAutomatically = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function prepareRootModule({ stack, workingDirectory, backendConfig }, tempDirectory) {
	const ownFile = readdirSync(workingDirectory).find((file) => /\.(tf|tofu)(\.json)?$/.test(file));
	if (stack === void 0) {
		if (ownFile !== void 0) return workingDirectory;
		throw new InputError(`There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. Set working-directory to your root module, or stack to ${shippedModuleNames} to run a shipped one.`);
	}
	if (ownFile !== void 0) throw new InputError(`Input stack is "${stack}", and ${join(workingDirectory, ownFile)} belongs to a root module of your own. Leave stack empty to run your module, or set working-directory to a directory that holds only var files.`);
	const directory = join(tempDirectory, stack);
	mkdirSync(directory, { recursive: true });
	for (const file of readdirSync(join(shippedModulesDirectory, stack))) {
		if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue;
		cpSync(join(shippedModulesDirectory, stack, file), join(directory, file), { recursive: true });
	}
	for (const file of readdirSync(workingDirectory)) if (loadedAutomatically.test(file)) cpSync(join(workingDirectory, file), join(directory, file));
	const backend = backendConfig.length > 0 ? { s3: { use_lockfile: true } } : { local: { path: join(workingDirectory, "terraform.tfstate") } };
	writeFileSync(join(directory, "backend.tf.json"), JSON.stringify({ terraform: { backend } }, null, 2));
	return directory;
}
function locate(diagnostic, { directory, workspace, commit }, { stack, workingDirectory }) {
	const { file, line, ...diagnosticWithoutPlace } = diagnostic;
	if (file === void 0 || line === void 0) return diagnosticWithoutPlace;
	const absolutePath = resolve(directory, file);
	const inModule = relative(directory, absolutePath).replaceAll(sep, "/");
	const isShipped = stack !== void 0 && isInside(inModule);
	const isCopied = isShipped && loadedAutomatically.test(inModule);
	if (isShipped && !isCopied) return {
		...diagnosticWithoutPlace,
		outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action`
	};
	const path = isCopied ? join(workingDirectory, inModule) : absolutePath;
	const inRepository = relative(repositoryRoot(path, workspace), path).replaceAll(sep, "/");
	if (!(isInside(inRepository) && !/(^|\/)\.terraform\//.test(inRepository) && existsSync(path))) return {
		...diagnosticWithoutPlace,
		outsideRepository: `${file} line ${line}`
	};
	return {
		...diagnosticWithoutPlace,
		file: inRepository,
		line,
		url: `${commit}/${inRepository.split("/").map(encodeURIComponent).join("/")}#L${line}`
	};
}
function isInside(path) {
	return path !== "" && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path);
}
function configuredBackend(directory) {
	return readBackendRecord(directory)?.type ?? "local";
}
function configuredStateKey(directory, workspace) {
	const { type, config = {} } = readBackendRecord(directory) ?? {};
	if (type === void 0 || type === "local") return void 0;
	const value = config[keySetting(type)];
	if (typeof value !== "string" || value === "") return void 0;
	if (type !== "s3" || workspace === "default") return value.replace(/\/\/[^/@]*@/, "//");
	const prefix = config.workspace_key_prefix;
	return [
		typeof prefix === "string" && prefix !== "" ? prefix : "env:",
		workspace,
		value
	].join("/");
}
function readBackendRecord(directory) {
	const record = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "terraform.tfstate");
	if (!existsSync(record)) return void 0;
	const { backend } = JSON.parse(readFileSync(record, "utf8"));
	return backend;
}
function assertRemoteBackend(backend, stack, command) {
	if (backend !== "local") return;
	const consequences = {
		apply: "would be lost with this job, and the next apply would create everything again",
		destroy: "is not the state of an earlier job: it has no resources to destroy",
		rollback: "is not the state of an earlier job: it does not name what is deployed"
	};
	const fix = stack === void 0 ? "add a backend block to the root module, for example `terraform { backend \"s3\" { bucket = \"…\" key = \"…\" use_lockfile = true } }`" : "set the input backend-config, for example bucket=…, key=… and region=…, one per line";
	throw new InputError(`The state is local, so it ${consequences[command]}. Fix: ${fix}. On a self-hosted runner that keeps the directory, set allow-local-state to true.`, "STATE_LOCAL");
}
// src/report/target.ts
const keySettings = [
	"key",
	"prefix",
	"path",
	"schema_name",
	"secret_suffix",
	"workspaces"
];
function backendOf(lines, readText) {
	const settings = mergeBackendConfig(void 0, lines, readText)?.settings ?? {};
	const settingPairs = namingSettings.flatMap((name) => {
		const value = (settings[name] ?? "").trim().replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [[name, value.replace(/\/\/[^/@]*@/, "//")]];
	});
	if (settingPairs.length === 0) return void 0;
	const key = keySettings.map((each) => settingPairs.find(([name]) => name === each)?.[1]).find((value) => value !== void 0);
	return {
		text: settingPairs.map((pair) => pair.join(" ")).join(", "),
		key
	};
}
function commentMarker({ target }) {
	return `<!-- terraform-mcp-deploy:${digest([...placeParts(target), ...nameParts(target)])} -->`;
}
function formerCommentMarker({ target }) {
	const oldMarker = commentMarker({ target: asInVersion01(target) });
	return oldMarker === commentMarker({ target }) ? void 0 : oldMarker;
}
function issueMarker({ target }, endpoint) {
	return `<!-- terraform-mcp-deploy-issue:${digest([
		...placeParts(target),
		endpoint ?? "",
		...nameParts(target)
	])} -->`;
}
function formerIssueMarker({ target }, endpoint) {
	const former = issueMarker({ target: asInVersion01(target) }, endpoint);
	return former === issueMarker({ target }, endpoint) ? void 0 : former;
}
function incidentOf(target, repository) {
	return digest([
		repository,
		...placeParts(target),
		...nameParts(target)
	]);
}
function targetName({ target }) {
	const { name, stack, directory, backend } = target;
	if (name !== void 0) return name;
	const place = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0).join(" in ");
	const workspace = workspaceOf(target);
	return [
		place || "root module",
		workspace === void 0 ? "" : `workspace ${workspace}`,
		backend?.key === void 0 ? "" : `state ${backend.key}`
	].filter((part) => part !== "").join(", ");
}
function stackName(target, repository) {
	const { stack, directory } = target;
	if (target.name !== void 0) return target.name;
	const name = [directory === "." ? void 0 : directory.replaceAll("\\", "/"), stack].filter((part) => part !== void 0).join(":") || repository;
	const workspace = workspaceOf(target);
	return workspace === void 0 ? name : `${name}@${workspace}`;
}
function workspaceOf({ workspace, inheritedWorkspace }) {
	return workspace ?? inheritedWorkspace;
}
function placeParts({ name, stack, directory, workspace, inheritedWorkspace }) {
	return [
		stack ?? "",
		directory,
		workspace ?? (name === void 0 ? inheritedWorkspace : void 0) ?? ""
	];
}
function nameParts({ name, backend }) {
	if (name !== void 0) return [name];
	return backend === void 0 ? [] : ["", backend.text];
}
function asInVersion01({ name, stack, directory, workspace }) {
	return {
		name,
		stack,
		directory,
		workspace
	};
}
function digest(parts) {
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
// src/github/comment-owner.ts
function isCommentOf({ marker, formerMarker, state }, body) {
	if (body.startsWith(marker)) return true;
	if (formerMarker === void 0 || state === void 0 || !body.startsWith(formerMarker)) return false;
	const settings = readSettings(body);
	const isSame = (name) => settings?.[name] === readableSetting(state[name], secrets.redact);
	return isSame("backend") && isSame("workspace");
}
// src/terraform/aws-errors.ts
const quotas = "https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html";
const denied = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
const oidc = "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws";
const regions = "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html";
const backend = "https://developer.hashicorp.com/terraform/language/backend/s3";
const launching = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html";
const stsErrors = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html";
const signing = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html";
const keyPolicies = "https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html";
const lambda = "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html";
const balancers = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const services = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html";
const awsErrors = {
	"account-without-load-balancers": {
		words: /account currently does not support creating load balancers/i,
		cause: "AWS has not yet cleared this new account for load balancers.",
		fix: "Open a case with AWS Support (Account and billing), and run the job again when it is answered. No setting of yours changes it.",
		source: "https://repost.aws/knowledge-center/elb-fix-load-balancer-create-error"
	},
	"account-pending-verification": {
		words: /\bPendingVerification\b|request for accessing resources in this region is being validated/i,
		cause: "AWS still verifies this account or its first use of the region.",
		fix: "It usually ends within minutes, and after four hours at most: run the job again. If it stays, open a case with AWS Support.",
		source: launching
	},
	"account-not-activated": {
		words: /\bSubscriptionRequired(Exception)?\b|needs a subscription for the service|not subscribed to this service/i,
		cause: "The account is not activated yet, or has no valid payment method, so it may not use this service.",
		fix: "Finish the sign-up of the account: payment method, telephone number and support plan. AWS activates it within 24 hours.",
		source: "https://repost.aws/knowledge-center/create-and-activate-aws-account"
	},
	"account-free-plan": {
		words: /not eligible for Free Tier|\bFreeTierRestrictionError\b|available (with|to) free (plan|tier)/i,
		cause: "The account has the free plan of AWS, which does not allow this size or setting.",
		fix: "Choose a size that the plan allows (`aws ec2 describe-instance-types --filters Name=free-tier-eligible,Values=true`), or upgrade the account to the paid plan.",
		source: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-free-tier.html"
	},
	"account-closed": {
		words: /\bAccount \d{12} is closed|account is closed/i,
		cause: "The account is closed.",
		fix: "Use another account, or ask AWS Support to reopen this one. That works for 90 days.",
		source: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html"
	},
	"account-blocked": {
		words: /account (is|has been) (currently )?(blocked|suspended)/i,
		cause: "AWS has blocked the account, or the account has no valid payment method.",
		fix: "Check the billing page of the account, then open a case with AWS Support.",
		source: "https://repost.aws/knowledge-center/ec2-blocked-account-error"
	},
	"quota-vcpu": {
		words: /\bVcpuLimitExceeded\b|more vCPU capacity than your current vCPU limit|limit on the number of (vCPUs|tasks)/i,
		cause: "The quota of the account for virtual CPUs is used up; in a new account it can be 1 or 0.",
		fix: "Request more in Service Quotas: for EC2 \"Running On-Demand Standard instances\", for ECS \"Fargate On-Demand vCPU resource count\". Then run the job again.",
		source: quotas
	},
	"quota-addresses": {
		words: /\bAddressLimitExceeded\b/,
		cause: "The region holds all Elastic IP addresses that the quota allows, five by default.",
		fix: "Release addresses that nothing uses, or request more in Service Quotas (\"EC2-VPC Elastic IPs\"). Then run the job again.",
		source: quotas
	},
	"quota-vpcs": {
		words: /\bVpcLimitExceeded\b|\bInternetGatewayLimitExceeded\b/,
		cause: "The region holds all VPCs or internet gateways that the quota allows, five by default.",
		fix: "Use a VPC that exists (the variable `network` of the modules), delete one that nothing uses, or request more in Service Quotas. Then run the job again.",
		source: quotas
	},
	"quota-lambda-concurrency": {
		words: /UnreservedConcurrentExecutions? below its minimum value/i,
		cause: "The function reserves so much concurrency that too little is left for the others. The quota of a new account is often 10, and then nothing can be reserved.",
		fix: "Remove the reserved concurrency of the function, or request more in Service Quotas (\"Concurrent executions\" of AWS Lambda). Then run the job again.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
	},
	quota: {
		words: /\b(ServiceQuotaExceeded(Exception)?|LimitExceededException|TooMany(LoadBalancers|TargetGroups|Listeners|Rules|Targets|Buckets|Certificates)|(?!Request)\w*LimitExceeded)\b|Cannot exceed quota for|exceeds? the (account )?quota/i,
		cause: "A quota of the account or the region is used up.",
		fix: "Terraform names the quota above. Delete what nothing uses, or request more in Service Quotas. Then run the job again.",
		source: quotas
	},
	"no-capacity": {
		words: /\bInsufficientInstanceCapacity\b|Capacity is unavailable at this time/,
		cause: "AWS has no free capacity of this size in this Availability Zone now.",
		fix: "Run the job again later, or choose another instance type or zone.",
		source: launching
	},
	"type-not-in-zone": {
		words: /requested instance type \([^)]*\) is not supported in your requested Availability Zone/i,
		cause: "This Availability Zone has no instances of this type.",
		fix: "Choose another subnet or another instance type. AWS lists the zones of a type with `aws ec2 describe-instance-type-offerings`.",
		source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html"
	},
	"subnet-full": {
		words: /\bInsufficientFreeAddressesInSubnet\b|Not enough IP space available in subnet|not enough free addresses in subnet/i,
		cause: "The subnet has too few free addresses. A load balancer needs eight of them, and each task or instance one.",
		fix: "Use a larger subnet, /27 at least, or one with more free addresses. Delete network interfaces that nothing uses.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
	},
	"subnet-range": {
		words: /\bInvalid(Subnet|Vpc)\.(Conflict|Range)\b/,
		cause: "The address range overlaps with another one of the VPC, or is not a part of it.",
		fix: "Choose a range of the VPC that no subnet has.",
		source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
	},
	"subnets-of-load-balancer": {
		words: /At least two subnets in two different Availability Zones must be specified|multiple subnets in the same Availability Zone|\bInvalidSubnet: VPC \S+ has no internet gateway/i,
		cause: "A load balancer needs two subnets in two Availability Zones, and for the internet a VPC with an internet gateway.",
		fix: "Give it one subnet in each of two zones. If the VPC has no internet gateway, add one, or make the load balancer internal.",
		source: balancers
	},
	"default-vpc-missing": {
		words: /\bVPCIdNotSpecified\b|No default VPC for this user|no matching (EC2 )?VPC found|no default subnet|\bMissingInput\b.{0,80}VPC/i,
		cause: "The region has no default VPC, or none that matches.",
		fix: "Name the VPC and its subnets in the configuration, or make the default one with `aws ec2 create-default-vpc`.",
		source: "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-default-vpc.html"
	},
	"image-of-machine-missing": {
		words: /\bInvalidAMIID\.(NotFound|Malformed|Unavailable)\b/,
		cause: "The machine image (AMI) does not exist in this region, or is not shared with this account.",
		fix: "Use an id of this region: each region has its own. A data source (aws_ami, aws_ssm_parameter) finds it.",
		source: launching
	},
	"instance-encrypted-disk": {
		words: /\bClient\.InternalError: Client error on launch|\bClient\.InvalidKMSKey\.\w+|\bClient\.VolumeLimitExceeded/,
		cause: "EC2 ended the instance while it started, mostly because it may not use the key of its disk. The default key of the account for EBS can be a customer key.",
		fix: "Check that the KMS key exists and is enabled, and that the apply role may use it: kms:CreateGrant, kms:Decrypt, kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext and kms:ReEncrypt*. In the modules this is `kms_key_arn`.",
		source: launching
	},
	"denied-by-organization": {
		words: /with an explicit deny in a (service|resource) control policy|no service control policy allows/i,
		cause: "A policy of your organization (SCP or RCP) denies the call. No role in this account can allow it.",
		fix: "Ask who manages the organization to allow the action that Terraform names, or use a region and a service that the policy allows.",
		source: denied
	},
	"denied-by-boundary": {
		words: /explicit deny in a permissions boundary|no permissions boundary allows/i,
		cause: "The permissions boundary of the role does not allow the call.",
		fix: "If the server needs it, allow it in the boundary: the variable `servers_may` of terraform/github-oidc. Then apply the roles, and run the job again.",
		source: denied
	},
	"service-linked-role-denied": {
		words: /not authorized to perform: iam:CreateServiceLinkedRole|\bServiceLinkedRoleCreationNotPermitted\b|permissions? to create (the|a) service[- ]linked role/i,
		cause: "The account does not have the service-linked role of this service yet, and the role of this job may not make it.",
		fix: "Allow iam:CreateServiceLinkedRole for that service in the apply role, which terraform/github-oidc does. Or make the role once as an administrator: `aws iam create-service-linked-role --aws-service-name NAME.amazonaws.com`. Then run the job again.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html"
	},
	"service-linked-role": {
		words: /service[- ]linked role.{0,80}(exist|assume)|Unable to assume the service linked role|Unable to assume IAM role: \S*aws-service-role/i,
		cause: "The account does not have the service-linked role yet, or has it only since seconds.",
		fix: "Run the job again: AWS makes the role with the first use. If it fails again, the apply role may not make it: allow iam:CreateServiceLinkedRole for that service.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html"
	},
	"role-not-assumed": {
		words: /Not authorized to perform:? sts:AssumeRoleWithWebIdentity/i,
		cause: "The trust policy of the role does not match a claim of this job's token. AWS does not say which one.",
		fix: "Compare the trust policy with the job: `sub` is `repo:OWNER/NAME:ref:refs/heads/BRANCH`, `repo:OWNER/NAME:pull_request` or `repo:OWNER/NAME:environment:NAME`, and upper and lower case count. A job with `environment:` has the last form only. Check `aud` and `repository_id` too.",
		source: oidc
	},
	"oidc-provider-missing": {
		words: /No OpenIDConnect provider found in your account/i,
		cause: "The account does not know GitHub's identity provider.",
		fix: "Make it once per account: terraform/github-oidc does so. Check that the role is in this account.",
		source: oidc
	},
	"oidc-provider-exists": {
		words: /\bEntityAlreadyExists\b.{0,60}Provider with url/i,
		cause: "The account has GitHub's identity provider already; there can be only one.",
		fix: "Use the one that exists: give its ARN to terraform/github-oidc (`oidc_provider = { arn = \"…\" }`).",
		source: oidc
	},
	"oidc-thumbprint": {
		words: /certificate doesn't match configured thumbprint/i,
		cause: "The identity provider in the account has a thumbprint that does not fit its certificate.",
		fix: "For GitHub's provider AWS does not use the thumbprint: check that the URL of the provider is exactly https://token.actions.githubusercontent.com. For a GitHub Enterprise Server, store the thumbprint of its certificate authority.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html"
	},
	"oidc-provider-unreachable": {
		words: /Couldn't retrieve verification key from your identity provider|\bIDPCommunicationError\b/i,
		cause: "AWS could not read the keys of the identity provider at that moment.",
		fix: "Run the job again. If it stays, check that the URL of the identity provider in the account is right, and that AWS can reach it from the internet.",
		source: stsErrors
	},
	"oidc-token-missing": {
		words: /Did you mean to set the `?id-token`? permission|ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|Could not load credentials from any providers/i,
		cause: "The job may not ask GitHub for a token, so there are no credentials.",
		fix: "Give the job `permissions: id-token: write`. A called workflow needs it in the calling job too, and runs for forks never have it.",
		source: oidc
	},
	"role-arn-invalid": {
		words: /Request ARN is invalid|Source Account ID is needed if the Role Name is provided/i,
		cause: "The ARN of the role is empty or not an ARN of a role.",
		fix: "Set `role-to-assume` to `arn:aws:iam::ACCOUNT:role/NAME`. An unset variable or secret is empty, and runs for Dependabot have their own secrets.",
		source: stsErrors
	},
	"role-session-too-long": {
		words: /DurationSeconds exceeds the (MaxSessionDuration|1 hour session limit)/i,
		cause: "The job requires a longer session than the role allows.",
		fix: "Lower `role-duration-seconds`, or raise `max_session_duration` of the role (terraform/github-oidc). A role that was assumed by another role has one hour at most.",
		source: stsErrors
	},
	"oidc-audience": {
		words: /\bInvalidIdentityToken\b.{0,60}audience|Incorrect token audience/i,
		cause: "The audience (`aud`) of the job's token is not in the list of the identity provider.",
		fix: "Use `sts.amazonaws.com`, the default of aws-actions/configure-aws-credentials, in both places.",
		source: oidc
	},
	"marketplace-terms": {
		words: /AWS Marketplace product you need to accept terms/i,
		cause: "The machine image is a product of AWS Marketplace, and the account has not accepted its terms.",
		fix: "Subscribe to the product at the address in the message, or choose another image. Then run the job again.",
		source: "https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-subscribing-to-products.html"
	},
	"sts-region": {
		words: /\bRegionDisabledException\b|STS is not activated in this region/i,
		cause: "The account has not enabled AWS STS in this region.",
		fix: "Enable the region in the account settings of IAM, or give aws-actions/configure-aws-credentials another `aws-region`.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html"
	},
	"region-missing": {
		words: /Missing region configuration|invalid AWS Region|"region" attribute or the "AWS_REGION"|Invalid region value/i,
		cause: "No region is set, or its name is not one of AWS.",
		fix: "Set `region` in the provider block and in backend-config, or give aws-actions/configure-aws-credentials an `aws-region`.",
		source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration"
	},
	"region-unknown": {
		words: /lookup [\w.-]+\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com\S*.{0,40}no such host/i,
		cause: "The host of the service does not exist: the region is misspelled, or the service is not there.",
		fix: "Correct the region. AWS lists which service is in which region.",
		source: "https://docs.aws.amazon.com/general/latest/gr/rande.html"
	},
	"clock-of-runner": {
		words: /\bRequestTimeTooSkewed\b|Signature expired: \S+ is now earlier than|Signature not yet current/i,
		cause: "The clock of the runner is wrong, so AWS refuses its signatures.",
		fix: "Set the clock of the self-hosted runner (NTP). Runners of GitHub are right.",
		source: signing
	},
	"secret-key-wrong": {
		words: /\bSignatureDoesNotMatch\b|\bIncompleteSignature(Exception)?\b/,
		cause: "The secret access key does not belong to the access key id, or has a blank or a line break too many.",
		fix: "Store AWS_SECRET_ACCESS_KEY again, without anything around it. Better use a role with OIDC, which has no such secret.",
		source: signing
	},
	"region-not-enabled": {
		words: /\bOptInRequired\b|AWS was not able to validate the provided access credentials|\b(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken)\b/,
		cause: "AWS does not know these credentials in this region: the region is not enabled for the account, or the keys are wrong or deleted.",
		fix: "Enable the region in the account settings, if it is one that must be enabled. Else give the job new credentials.",
		source: regions
	},
	"no-credentials": {
		words: /No valid credential sources? found|no EC2 IMDS role found|failed to refresh cached credentials/i,
		cause: "The step has no AWS credentials.",
		fix: "Add aws-actions/configure-aws-credentials before this step, with an `if:` that is true for this event, and give the job `id-token: write`.",
		source: oidc
	},
	"profile-in-configuration": {
		words: /failed to get shared config profile/i,
		cause: "The configuration names a `profile` of your own machine, and the runner has no such profile.",
		fix: "Remove `profile` from the provider and backend blocks: on your machine set AWS_PROFILE, and the runner takes the credentials of the job.",
		source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration"
	},
	"state-bucket-missing": {
		words: /S3 bucket "[^"]*" does not exist|\bNoSuchBucket\b/,
		cause: "The bucket of the state does not exist, or is in another account.",
		fix: "Make it with terraform/state-backend, or correct bucket and region in backend-config.",
		source: backend
	},
	"state-bucket-region": {
		words: /requested bucket from "[^"]*", actual location "[^"]*"|\b(PermanentRedirect|AuthorizationHeaderMalformed)\b/,
		cause: "The bucket of the state is in another region.",
		fix: "Set `region` in backend-config to the bucket's region. It may differ from the region of the server.",
		source: backend
	},
	"state-bucket-denied": {
		words: /(Unable to (list objects|access object)|(loading|refreshing|saving?|inspecting) states?\b|existing workspaces|state lock).{0,400}api error (AccessDenied: Access Denied|Forbidden)/i,
		cause: "The role of this job may not read the bucket of the state, or the bucket is in another account.",
		fix: "Check bucket, key and account in backend-config. The role needs s3:ListBucket on the bucket, and on the object s3:GetObject, s3:PutObject and, with `use_lockfile`, s3:DeleteObject; with an own KMS key also kms:Decrypt and kms:GenerateDataKey.",
		source: backend
	},
	"lock-table-missing": {
		words: /(state lock|Unable to retrieve item from DynamoDB table).{0,300}ResourceNotFoundException/i,
		cause: "The DynamoDB table for the lock of the state does not exist in this account and region.",
		fix: "Lock with the bucket itself: `use_lockfile = true` in place of `dynamodb_table` (since version 1.10). Or correct the name of the table.",
		source: backend
	},
	"lock-race": {
		words: /state lock.{0,400}\b(ConditionalCheckFailedException|PreconditionFailed)\b/i,
		cause: "Another run took the lock of the state at the same moment.",
		fix: "Wait for that run, and run the job again. A higher `lock-timeout` lets the job wait itself.",
		source: backend
	},
	"lock-table-schema": {
		words: /Missing the key LockID in the item|key element does not match the schema/i,
		cause: "The DynamoDB table for the lock of the state has another key than `LockID`.",
		fix: "Make the table with the partition key `LockID` of type String (upper and lower case count), or use `use_lockfile = true`.",
		source: backend
	},
	"state-digest": {
		words: /state data in S3 does not have the expected content/i,
		cause: "The state in the bucket is not the one whose checksum is in the DynamoDB table: somebody replaced or restored it.",
		fix: "Check that the state in the bucket is the right one. Then set the Digest in the table to the value that Terraform names, or delete that item.",
		source: backend
	},
	"bucket-location": {
		words: /\bIllegalLocationConstraintException\b/,
		cause: "The bucket is to be made in another region than that of the provider, or that region is not enabled.",
		fix: "Set the provider's `region` to the region of the bucket, and enable it in the account settings if it must be enabled.",
		source: regions
	},
	"bucket-not-empty": {
		words: /\bBucketNotEmpty\b|\bRepositoryNotEmptyException\b/,
		cause: "The bucket or the image repository still has content, and AWS deletes only an empty one.",
		fix: "Delete the content, or set `force_destroy` (bucket) or `force_delete` (repository), apply that, and run this again.",
		source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html"
	},
	"bucket-name-taken": {
		words: /\bBucketAlreadyExists\b/,
		cause: "Another account has a bucket with this name. Names are unique among all of AWS.",
		fix: "Choose another name.",
		source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
	},
	"certificate-not-issued": {
		words: /waiting for ACM Certificate.{0,300}(PENDING_VALIDATION|FAILED|context deadline exceeded|timeout while waiting)/i,
		cause: "ACM could not see the validation record of the certificate in the public DNS.",
		fix: "Check that the parent domain delegates to the name servers of this hosted zone (`dig NS DOMAIN`). The zone must be public, and no CAA record may exclude amazon.com. Then run the job again.",
		source: "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html"
	},
	"certificate-not-usable": {
		words: /\bUnsupportedCertificate\b|\bCertificateNotFound\b|\bInvalidViewerCertificate\b/,
		cause: "The certificate is not issued yet, or is in another region than what uses it.",
		fix: "Use the ARN from aws_acm_certificate_validation, so that Terraform waits for it. A load balancer needs a certificate of its own region, CloudFront one of us-east-1.",
		source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html"
	},
	"zone-missing": {
		words: /no matching Route ?53 Hosted Zone found|\bNoSuchHostedZone\b|is not permitted in zone/i,
		cause: "The account has no hosted zone for this domain, or the name is not a part of that zone.",
		fix: "Make the zone in this account and delegate the domain to its name servers. If the DNS is elsewhere, leave the zone out: the module then has the records as outputs.",
		source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/CreatingHostedZone.html"
	},
	"record-exists": {
		words: /\bInvalidChangeBatch\b.{0,120}already exists/,
		cause: "The hosted zone holds this record already, and this state does not know it.",
		fix: "Delete the record, import it into the state, or choose another name.",
		source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"
	},
	"service-draining": {
		words: /Unable to Start a service that is still Draining/i,
		cause: "A service with this name was deleted, and its last tasks are still stopping.",
		fix: "Run the job again in a few minutes.",
		source: services
	},
	"service-without-listener": {
		words: /target group.{0,200}does not have an associated load balancer/i,
		cause: "No listener forwards to the target group when the service is created.",
		fix: "Let the service depend on the listener or its rule: `depends_on = [aws_lb_listener.NAME]`.",
		source: services
	},
	"service-not-stable": {
		words: /waiting for ECS Service.{0,300}(tfSTABLE|tfPENDING|circuit breaker|deployment failed)/i,
		cause: "Terraform waited for the service (`wait_for_steady_state`), and its tasks did not become healthy.",
		fix: "Read the events and the stopped tasks of the service in the ECS console. Without `wait_for_steady_state` this action waits itself, and shows the cause.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html"
	},
	"fargate-size": {
		words: /No Fargate configuration exists for given values/i,
		cause: "Fargate has no task of this size: each number of CPU units allows certain amounts of memory only.",
		fix: "Choose a pair from the table of AWS, such as 256 CPU units with 512, 1024 or 2048 MiB.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"
	},
	"cluster-missing": {
		words: /\bClusterNotFoundException\b/,
		cause: "The ECS cluster does not exist in this account and region.",
		fix: "Correct the name of the cluster, or let Terraform make it.",
		source: services
	},
	"function-image-missing": {
		words: /Source image \S+ does not exist\. Provide a valid source image/i,
		cause: "The image of the function is not in its repository.",
		fix: "Push the image before the apply, to a repository of the same region. Correct its tag or digest.",
		source: lambda
	},
	"function-image-index": {
		words: /image manifest, config or layer media type for the source image.{0,300}not supported/i,
		cause: "Lambda takes one image, and this one is an index of several, which builds with provenance make.",
		fix: "Build for one platform and without attestations: `provenance: false` and `sbom: false` of docker/build-push-action.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"
	},
	"function-image-denied": {
		words: /Lambda does not have permission to access the ECR image/i,
		cause: "The policy of the image repository does not let Lambda read the image.",
		fix: "Allow lambda.amazonaws.com ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in the repository policy, or let the apply role set it (ecr:SetRepositoryPolicy). Image and function need the same region.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"
	},
	"function-role": {
		words: /role defined for the function cannot be assumed by Lambda|execution role does not have permissions to call CreateNetworkInterface/i,
		cause: "The execution role of the function does not trust Lambda yet, or lacks the rights for a VPC.",
		fix: "A new role needs some seconds: run the job again. Else let lambda.amazonaws.com assume the role, and for a VPC attach AWSLambdaVPCAccessExecutionRole.",
		source: lambda
	},
	"agent-image": {
		words: /Access denied while validating ECR URI|Architecture incompatible for uri/i,
		cause: "AgentCore may not read the image, or the image is not built for arm64.",
		fix: "Give the execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer. Build the image for linux/arm64.",
		source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html"
	},
	"role-not-trusted": {
		words: /Role validation failed for|\bInvalid IAM Instance Profile\b|MalformedPolicyDocument\w*: Invalid principal/i,
		cause: "AWS does not see the role yet, or its trust policy does not name the service.",
		fix: "A new role needs some seconds: run the job again. If it fails again, check that the role exists and that its trust policy names the service.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html"
	},
	"secret-being-deleted": {
		words: /secret with this name is already scheduled for deletion/i,
		cause: "A secret with this name was deleted, and AWS keeps it for some days.",
		fix: "Restore it (`aws secretsmanager restore-secret --secret-id NAME`) and import it, delete it for good with `--force-delete-without-recovery`, or choose another name.",
		source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html"
	},
	"rule-priority": {
		words: /\bPriorityInUse\b/,
		cause: "Another rule of the listener has this priority.",
		fix: "Choose a number that no rule of the listener has.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html"
	},
	"target-group-in-use": {
		words: /\bResourceInUse: Target group\b|Target group \S+ is currently in use/i,
		cause: "A listener or a rule still forwards to the target group.",
		fix: "Give the target group `lifecycle { create_before_destroy = true }` and a name that changes (`name_prefix`), so that the listener moves first.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html"
	},
	"update-in-progress": {
		words: /An update is in progress for resource/i,
		cause: "AWS still works on an earlier change of this resource.",
		fix: "Run the job again in a minute.",
		source: lambda
	},
	"service-exists": {
		words: /Creation of service was not idempotent/i,
		cause: "The cluster has a service with this name already, and this state does not know it.",
		fix: "Import the service into the state, delete it, or choose another name.",
		source: services
	},
	"already-exists": {
		words: /\b(\w*AlreadyExists(Exception|Fault)?|BucketAlreadyOwnedByYou|Duplicate(LoadBalancerName|TargetGroupName|Listener)|Invalid(Group|Permission)\.Duplicate)\b|ResourceInUseException: Table already exists|ResourceConflictException: .{0,80}already exists?\b/,
		cause: "A resource with this name exists, and this state does not know it.",
		fix: "Import it into the state (`terraform import`, or an `import` block in the configuration), delete it, or choose another name.",
		source: "https://developer.hashicorp.com/terraform/language/import"
	},
	throttled: {
		words: /\b(RequestLimitExceeded|ThrottlingException|TooManyRequestsException)\b|\bRate exceeded\b/,
		cause: "AWS answered too many requests of this account, and the provider gave up.",
		fix: "Run the job again. If it happens often, lower the input parallelism.",
		source: "https://docs.aws.amazon.com/general/latest/gr/api-retries.html"
	},
	"key-denied": {
		words: /not authorized to perform: kms:\w+|because no resource-based policy allows the kms:|\bKMS\w*(AccessDenied|Disabled|NotFound|InvalidState)\w*\b|\bKMS\.\w+Exception\b|ciphertext refers to a customer master key that does not exist|KMS key does not exist or is not allowed to be used/i,
		cause: "The KMS key does not exist here, is disabled, or its key policy does not allow the use.",
		fix: "A key policy must allow the use, too: let it name the role, the service (for logs `logs.REGION.amazonaws.com`), or the account, so that IAM policies count. Check that the key is enabled and in this region.",
		source: keyPolicies
	},
	"key-policy-locks-out": {
		words: /new key policy will not allow you to update the key policy/i,
		cause: "The key policy would leave nobody of this account who may change it.",
		fix: "Let the policy allow kms:PutKeyPolicy to the account or to the apply role.",
		source: keyPolicies
	},
	denied: {
		words: /because no identity-based policy allows the ([\w-]+:\w+) action|is not authorized to perform: [\w-]+:\w+|\b(UnauthorizedOperation|AccessDenied(Exception)?|AuthorizationError(Exception)?|Forbidden: Forbidden)\b/,
		cause: "The role of this job may not make the call.",
		fix: "Compare the action that Terraform names with the role. For the shipped modules, apply terraform/github-oidc of this release again. A plan needs the plan role, an apply the apply role.",
		source: denied
	}
};
function awsErrorOf(diagnostics) {
	const oneLine = diagnostics.replace(/\s+/g, " ");
	const found = Object.entries(awsErrors).find(([, { words }]) => words.test(oneLine));
	return found && {
		name: found[0],
		error: found[1]
	};
}
// src/terraform/lock-file.ts
const registries = {
	terraform: "registry.terraform.io",
	tofu: "registry.opentofu.org"
};
function registryOf(tool) {
	return registries[tool];
}
function lockFileOwner(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const hosts = [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"/]+)\//gm)].map(([, host]) => host);
	const owners = Object.keys(registries).filter((tool) => hosts.includes(registries[tool]));
	return owners.length === 1 ? owners[0] : void 0;
}
// src/terraform/advice.ts
function terraformAdvice({ tool, diagnostics }, { runsUrl, platform, lockedBy, subject }) {
	const lock = parseHeldLock(diagnostics);
	if (lock !== void 0) return `${lock.who} has held the state lock since ${lock.created}. Wait for that run and run this job again, or raise lock-timeout. Runs in progress in this repository: ${runsUrl}. If no run uses the state any more, here or on a developer's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases the lock.`;
	if (diagnostics.includes("Provider dependency changes detected")) {
		if (lockedBy !== void 0 && lockedBy !== tool) return `The committed .terraform.lock.hcl was written by ${toolTitles[lockedBy]}: its providers come from ${registryOf(lockedBy)}, and ${toolTitles[tool]} installs those of ${registryOf(tool)}. Nothing was changed. Fix: set tool to ${lockedBy}, or delete the file, run \`${tool} init\` on your machine and commit the new one.`;
		return `The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and this action does not change that file. Fix: run \`${tool} init\` on your machine and commit the file.`;
	}
	if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) return `The committed .terraform.lock.hcl has no hash of this provider for ${platform}. Fix: run \`${tool} providers lock -platform=${platform}\` (with one -platform per kind of machine) and commit the file.`;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	const cause = causes.find(([words]) => words.test(oneLine));
	if (cause !== void 0) return inWordsOf(tool, cause[1](oneLine));
	const known = awsErrorOf(oneLine);
	if (known === void 0) return "";
	const claim = known.name === "role-not-assumed" && subject !== void 0 ? ` Without \`environment:\` in this job, its \`sub\` is \`${subject}\`; with immutable subject claims the names of owner and repository have their ids.` : "";
	return inWordsOf(tool, `${known.error.cause} ${known.error.fix}${claim}`);
}
const causes = [
	[/root module input variable "([^"]+)" is not set/, (diagnostics) => {
		return `Nothing was changed. Name a file with it in the input var-file, or set TF_VAR_${/root module input variable "([^"]+)" is not set/.exec(diagnostics)?.[1]} in the \`env:\` of this step. Runs for forks and Dependabot have no secrets of the repository.`;
	}],
	[/could not read Username for|Permission denied \(publickey\)|Host key verification failed|fatal: Authentication failed for|remote: Repository not found/i, () => "Nothing was changed. The job may not read the repository of a module. Before this step, give git the credentials: for https `git config --global url.\"https://x-access-token:TOKEN@github.com/\".insteadOf https://github.com/` with the token of a GitHub App, for ssh a key in an ssh-agent and the host in known_hosts. The token of the job reads its own repository only."],
	[/(module versions|versions for (provider|module)|provider packages|module registry).{0,300}(401 Unauthorized|rejected the given authentication credentials|403 Forbidden)/i, () => "Nothing was changed. The registry requires a token: set TF_TOKEN_HOST in the `env:` of this step, with the dots of the host as underscores, such as TF_TOKEN_app_terraform_io."],
	[/Unsupported (Terraform|OpenTofu) Core version/, () => "Nothing was changed. A module requires another version of Terraform than this run has. Set terraform-version or the version file to one that every module allows. Without both, the action uses the newest version that the root module and its local modules allow."],
	[/\b(argument|attribute)( named)? "use_lockfile"/, () => "Nothing was changed. `use_lockfile` needs Terraform 1.10 or newer: raise terraform-version, or lock with `dynamodb_table`."],
	[/\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/, (diagnostics) => "The AWS credentials expired while Terraform ran. Run the job again to get new credentials, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows. Set the input aws-expiration to the output aws-expiration of that step: then the action checks the lifetime before an apply." + (diagnostics.includes("errored.tfstate") ? " The state could not be saved. The changes are only in errored.tfstate on the runner: import the created resources, or destroy them manually." : "")],
	[/Instance cannot be destroyed|prevent_destroy/, () => "Nothing was changed. If this resource may be destroyed, remove prevent_destroy from its lifecycle block in a commit and run this again. To destroy only the other resources, list them in target."],
	[/because deletion protection is enabled|disable deletion protection|disableApiTermination/i, () => "A resource is protected in AWS against deletion. Switch the protection off with an apply first (terraform/ecs: load_balancer = { deletion_protection = false }; an instance: disable_api_termination = false). Then run this again."],
	[/\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/, () => "A resource outside of this state still uses it, such as a network interface, a rule of another security group, or a manually created resource. Find it in the AWS console by the id that Terraform names, delete it, and run this again."]
];
// src/commands/job.ts
var Job = class {
	inputs;
	run;
	trigger;
	marker;
	formerMarker;
	state;
	tempDirectory;
	signal;
	terraform;
	putBackData = () => {};
	recorders = new WeakMap();
	outputCredentials;
	signedRecord;
	begunPlan;
	lockFile;
	#report;
	#phase = "start";
	#client;
	constructor(inputs, run, trigger) {
		this.inputs = inputs;
		this.run = run;
		this.trigger = trigger;
		this.tempDirectory = mkdtempSync(join(run.temp, "terraform-mcp-deploy-"));
		this.#report = {
			...emptyReport(inputs, run),
			command: trigger.command,
			commit: trigger.sha,
			pullRequest: trigger.pullRequest
		};
		this.marker = commentMarker(this.#report);
		this.formerMarker = formerCommentMarker(this.#report);
		this.signal = this.#cancellation();
	}
	get report() {
		return this.#report;
	}
	get phase() {
		return this.#phase;
	}
	async check(phase, action) {
		const { adds = {}, failure, warnings = [], explain } = await this.step(phase, action);
		this.record(adds);
		this.warn(...warnings);
		if (failure === void 0) return true;
		const index = this.#report.failures.push(this.#inPhase(failure)) - 1;
		if (explain === void 0) return false;
		const explained = await this.step("diagnosis", explain);
		this.record(explained.adds);
		this.#report.failures[index] = {
			...this.#inPhase(explained.failure),
			phase
		};
		return false;
	}
	async step(phase, action) {
		this.#phase = phase;
		const started = Date.now();
		log.group(line`${phase}`);
		try {
			return await this.#untilCancelled(action);
		} finally {
			log.endGroup();
			this.#addTime(phase, Date.now() - started);
		}
	}
	record(parts) {
		Object.assign(this.#report, parts);
		for (const [part, value] of Object.entries(parts)) if (value === void 0) delete this.#report[part];
	}
	warn(...warnings) {
		this.#report.warnings.push(...warnings);
	}
	fail(error, phase = this.#phase) {
		this.#report.failures.push(this.failureOf(error, phase));
	}
	failWith(failure, phase = this.#phase) {
		this.#report.failures.push({
			...this.#inPhase(failure),
			phase
		});
	}
	async orWarn(action) {
		try {
			return await this.#untilCancelled(action);
		} catch (error) {
			if (this.signal.aborted) throw error;
			this.warn(messageOf(error));
			return;
		}
	}
	failureOf(error, phase = this.#phase) {
		const problems = error instanceof TerraformError ? readDiagnostics(error.diagnostics).map((each) => this.locate(each)) : [];
		if (problems.length > 0) this.record({ problems });
		const sentence = sentenceOf(error, problems);
		const fix = adviceFor(error, phase, this.run, this.terraform?.directory);
		return {
			code: codeOf(error),
			sentence,
			fix,
			remedy: void 0,
			phase
		};
	}
	locate(diagnostic) {
		const { workspace, repositoryUrl } = this.run;
		return locate(diagnostic, {
			directory: this.terraform?.directory ?? this.inputs.workingDirectory,
			workspace,
			commit: `${repositoryUrl}/blob/${this.report.commit}`
		}, this.inputs);
	}
	isOurComment = (body) => isCommentOf(this, body);
	github() {
		return this.inputs.comment === "never" ? void 0 : this.githubFor("comment", "never");
	}
	githubFor(input, off) {
		const { githubToken } = this.inputs;
		if (githubToken === "") {
			const what = {
				comment: "comment",
				issue: "issue",
				labels: "label",
				"plan-status": "status",
				"deployment-environment": "deployment"
			}[input];
			throw new InputError(`Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`);
		}
		this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, (text) => log.line(line`${text}`));
		return this.#client;
	}
	#inPhase({ code, sentence, fix, remedy, ...more }) {
		return {
			code,
			...more.cause === void 0 ? {} : { cause: more.cause },
			sentence,
			fix: inWordsOf(this.inputs.tool, fix),
			remedy,
			phase: this.#phase
		};
	}
	#addTime(phase, ms) {
		const { phases } = this.#report;
		const index = phases.findIndex((each) => each.phase === phase);
		if (index === -1) phases.push({
			phase,
			ms
		});
		else phases[index] = {
			phase,
			ms: ms + (phases[index]?.ms ?? 0)
		};
	}
	async #untilCancelled(action) {
		this.signal.throwIfAborted();
		let stop = () => {};
		const aborted = new Promise((_, reject) => {
			stop = () => {
				if (this.terraform?.isRunning !== true) reject(this.signal.reason);
			};
			this.signal.addEventListener("abort", stop);
		});
		try {
			return await Promise.race([action(), aborted]);
		} finally {
			this.signal.removeEventListener("abort", stop);
		}
	}
	#cancellation() {
		const controller = new AbortController();
		for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
			this.terraform?.interrupt();
			controller.abort(new CancelledError(`The job was cancelled during ${this.#phase}.`));
		});
		return controller.signal;
	}
};
function emptyReport(inputs, run) {
	const { stackName: name, stack, workingDirectory, workspace, backendConfig } = inputs;
	const inheritedWorkspace = workspace === void 0 ? process.env.TF_WORKSPACE || void 0 : void 0;
	const backend = backendOf(backendConfig, (file) => readFileSync(file, "utf8"));
	const directory = relative(run.workspace, workingDirectory).replaceAll(sep, "/") || ".";
	return {
		target: {
			...name !== void 0 && { name },
			stack,
			directory,
			workspace,
			inheritedWorkspace,
			backend
		},
		runUrl: run.url,
		docsUrl: docsUrl(run.action),
		environment: inputs.deploymentEnvironment,
		planApproval: inputs.planApproval,
		failures: [],
		warnings: [],
		phases: []
	};
}
function docsUrl(action) {
	return action === void 0 ? void 0 : `${action.url}/blob/${encodeURI(action.ref)}/docs`;
}
function sentenceOf(error, problems) {
	const [first, ...more] = problems.filter(({ severity }) => severity === "error");
	if (!(error instanceof TerraformError) || first === void 0) return messageOf(error);
	const others = more.length === 0 ? "" : `, and ${count$1(more.length, "more error")}`;
	const problem = `${first.summary.replace(/\.$/, "")}${placeText(first)}${others}`;
	return `${error.headline}: ${problem}.\n${error.diagnostics}`;
}
function adviceFor(error, phase, run, directory) {
	if (error instanceof CancelledError) return "Run the job again. The action finds what is already done and does only what is missing.";
	if (!(error instanceof TerraformError)) return "";
	const platform = releasePlatform(process.platform, process.arch);
	const lockedBy = directory === void 0 ? void 0 : lockFileOwner(directory);
	const advice = terraformAdvice(error, {
		runsUrl: run.runsUrl,
		platform,
		lockedBy,
		subject: tokenSubject(run)
	});
	if (advice !== "" || phase !== "apply" && phase !== "destroy") return advice;
	if (phase === "destroy") return inWordsOf(error.tool, "Fix what Terraform reports and run the destroy again: only the remaining resources are destroyed. The monitors were notified of the destroy; a verified apply registers the endpoint again.");
	return inWordsOf(error.tool, "Fix what Terraform reports and run the job again. Changes that were already applied are in the state and may be running, but are not verified. Nothing was tainted or rolled back.");
}
// src/gate/certificate-check.ts
const dayMs = 864e5;
const maxAttempts = 3;
const defaultCertificateTimes = {
	handshakeTimeoutMs: 1500,
	retryDelayMs: 1e3
};
async function readCertificate(endpoint, { handshakeTimeoutMs, retryDelayMs } = defaultCertificateTimes, way = {}) {
	const url = new URL(endpoint);
	if (url.protocol !== "https:") return "none";
	const { agents, connectTo } = openTarget(url, {}, 0, process.env, void 0, way);
	for (let attempt = 1;; attempt++) {
		const certificate = await certificateOf(agents["https:"], url, handshakeTimeoutMs, connectTo);
		if (certificate !== void 0 || attempt === maxAttempts) return certificate;
		await sleep(retryDelayMs);
	}
}
function describeCertificate({ validTo, issuer, names }, endpoint, now) {
	const daysLeft = Math.floor((validTo.getTime() - now) / dayMs);
	return {
		host: new URL(endpoint).host,
		daysLeft,
		validTo: validTo.toISOString(),
		issuer,
		names
	};
}
function decideCertificate(certificate, minDays) {
	const { daysLeft, host, validTo, issuer } = certificate;
	if (daysLeft >= minDays) return void 0;
	const until = validTo.slice(0, 16).replace("T", " ");
	const by = issuer === "" ? "" : `, issued by ${issuer},`;
	return {
		code: "CERTIFICATE_EXPIRES",
		sentence: daysLeft < 0 ? `The certificate of ${host}${by} expired at ${until} UTC: clients refuse to connect.` : `The certificate of ${host}${by} expires in ${daysLeft === 1 ? "1 day" : `${daysLeft} days`}, at ${until} UTC, and certificate-days is ${minDays}.`,
		fix: "ACM and Caddy renew their certificates automatically long before that, so find out why this one was not. ACM: the DNS record that it was validated by must still be there. Caddy: ports 80 and 443 must be reached from the internet, and its log names what failed. An imported certificate must be replaced manually. If certificates of this kind live only for weeks, lower certificate-days.",
		remedy: "config"
	};
}
function unreadCertificate(endpoint) {
	return {
		code: "CERTIFICATE_UNKNOWN",
		sentence: `The certificate of ${new URL(endpoint).host} could not be read in ${maxAttempts} TLS handshakes, so it is not known when it expires.`,
		fix: "Run it again. If it stays so, look for a proxy or a firewall between the runner and the endpoint. Or set certificate-days to 0, which leaves this check out.",
		remedy: "wait"
	};
}
export { md as $, preparePluginCache as A, recordLength as At, Plain as B, digestOf as Bt, explanationOf as C, findProgram as Ct, cliConfigurationFiles as D, readRecord as Dt, queryHeldLock as E, startDetached as Et, placeText as F, applied as Ft, hiddenLine as G, code as H, approvalCodes as Ht, readDiagnostics as I, applying as It, isFreeOfSecrets as J, html as K, GitHub as L, reviewed as Lt, untrustedSettings as M, signatureMode as Mt, varFileArguments as N, decideImage as Nt, hasCliSetting as O, readSettings as Ot, fromValidate as P, shortHash as Pt, list as Q, statusOf as R, releasePlatform as Rt, runGate as S, childEnvironment as St, parseHeldLock as T, query as Tt, collapsible as U, unstableValue as Ut, alreadyPosted as V, nullDigest as Vt, fence as W, knownLink as X, knownHtmlLink as Y, link as Z, readBackendRecord as _, clean as _t, Job as a, withHiddenLine as at, gateEarlierVersion as b, codes as bt, formerIssueMarker as c, findHostRefusals as ct, stackName as d, modernRequests as dt, mention as et, targetName as f, inSseSession as ft, prepareRootModule as g, unfitRefusal as gt, configuredStateKey as h, failureOf as ht, unreadCertificate as i, row as it, terraformEnvironment as j, recordLine as jt, lockFileName as k, readStage as kt, incidentOf as l, hostTitles as lt, configuredBackend as m, closest as mt, describeCertificate as n, plain as nt, emptyReport as o, gate as ot, assertRemoteBackend as p, inLegacySession as pt, image as q, readCertificate as r, prose as rt, commentMarker as s, targetFor as st, decideCertificate as t, name as tt, issueMarker as u, ERAS as ut, shippedModuleDirectory as v, previewJson as vt, Recorder as w, isIn as wt, readCredentials as x, readHeaders as xt, checkGate as y, secretsOf as yt, Markdown as z, tools as zt };
