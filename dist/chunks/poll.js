// src/poll.ts
async function poll(check, { delayMs, timeoutMs }) {
	const deadline = Date.now() + timeoutMs;
	for (let attempt = 0;; attempt++) {
		const polled = await check(attempt);
		if ("done" in polled) return {
			timedOut: false,
			value: polled.done
		};
		const left = deadline - Date.now();
		if (left <= 0) return {
			timedOut: true,
			waitingFor: polled.waitingFor
		};
		await sleep(Math.min(delayMs(attempt), left));
	}
}
function sleep(ms) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
export { sleep as n, poll as t };
