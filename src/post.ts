/**
 * Post step, which runs after the job's steps, also if they were cancelled. It never fails the job. After most jobs it has nothing to do,
 * and then it loads nothing.
 */
const { STATE_running: saved = '' } = process.env
if (saved !== '') await (await import('./commands/interrupted.ts')).finishInterrupted(saved)

export {}
