/** Rules about the status checks of an instance and the end of its console output. */
import { lineRule, quotable, quoted, type Rule } from './rule.ts'

const consoleRule = lineRule(evidence => evidence.console)

export const instanceRules: readonly Rule[] = [
  {
    code: 'INSTANCE_NOT_RUNNING',
    remedy: 'replace',
    clause: ({ instance, subject }) =>
      instance === undefined || instance.state === 'running'
        ? undefined
        : `the instance ${subject} is ${instance.state}`,
    fix: 'Look at the state transition reason of the instance in the EC2 console; a Spot instance may have been taken back.',
  },
  consoleRule(
    'BOOT_NPM',
    'replace',
    /npm (?:ERR!|error) (?!A complete log)(.*\S)/,
    ([, text = '']) => `npm fails while the instance boots: ${quoted(text)}`,
    'Run npm ci with the same lock file and Node version on your machine, and fix the reported errors.',
  ),
  consoleRule(
    'BOOT_PYTHON',
    'replace',
    /(?:ERROR: (?=Could not|No matching|Failed)|error: (?=Failed to|No solution))(.*\S)/,
    ([, text = '']) => `the Python packages cannot be installed while the instance boots: ${quoted(text)}`,
    'Install them with the same Python version on your machine, and fix the reported errors.',
  ),
  consoleRule(
    'BOOT_SOURCE',
    'config',
    /fatal: (.*(?:not found|could not read|Authentication failed|unable to access|Remote branch).*)/i,
    ([, text = '']) => `the source of the server cannot be fetched while the instance boots: ${quoted(text)}`,
    'Check the address, the branch or tag, and the credentials of the repository that the instance clones.',
  ),
  consoleRule(
    'BOOT_NETWORK',
    'config',
    /(Temporary failure (?:in name )?resol\w+.*|Could not resolve host:? \S+|Network is unreachable.*)/i,
    ([, text = '']) => `the instance has no way to the internet: ${quoted(text)}`,
    'Give its subnet a route to an internet gateway and the instance a public address, or a NAT gateway; and let its security group out.',
  ),
  consoleRule(
    'BOOT_CERTIFICATE',
    'config',
    /urn:ietf:params:acme:error:(\w+)/,
    ([, kind = '']) => `the certificate authority gives the instance no certificate (${kind})`,
    "Let the name of the endpoint point at the instance and open port 80; with rateLimited, wait: Let's Encrypt gives five certificates a week for the same names.",
  ),
  consoleRule(
    'BOOT_MEMORY',
    'replace',
    /Out of memory: Killed process \d+ \(([^)]+)\)/i,
    ([, program = '']) => `the instance ran out of memory and killed ${quotable(program)}`,
    'Take a larger instance type, or add swap.',
  ),
  consoleRule(
    'BOOT_DISK',
    'replace',
    /no space left on device/i,
    () => 'the disk of the instance is full',
    'Enlarge the root volume of the instance.',
  ),
  consoleRule(
    'UNIT_FAILED',
    'replace',
    /([\w@.-]+\.service): (?:Main process exited, code=\w+, status=(\S+)|Failed with result '([^']+)')/,
    ([, unit = '', status, result]) => `the unit ${unit} of the instance fails (${status ?? result})`,
    'Read the lines of the unit at the end of the console output below: the server must start with the settings it is given there.',
  ),
  consoleRule(
    'USER_DATA_FAILED',
    'replace',
    /Failed to run module scripts[-_]user|(?:part-001|user[-_]?data).*(?:failed|Failed|exit)/,
    () => 'the user data script of the instance failed',
    'Read the end of the console output below for the command that failed.',
  ),
  {
    code: 'INSTANCE_IMPAIRED',
    remedy: 'replace',
    clause: ({ instance, subject }) => {
      if (instance?.system === 'impaired') return `the host of the instance ${subject} does not pass its status check`
      return instance?.instance === 'impaired' ? `the instance ${subject} does not pass its status check` : undefined
    },
    fix: 'Look at the end of the console output below for why the operating system does not come up; when the host is impaired, stop and start the instance.',
  },
  {
    code: 'INSTANCE_INITIALIZING',
    remedy: 'wait',
    clause: ({ instance, subject }) =>
      instance?.instance === 'initializing'
        ? `the status checks of the instance ${subject} are not done yet`
        : undefined,
    fix: 'Run it again in a few minutes, or raise deploy-timeout and mcp-timeout.',
  },
]
