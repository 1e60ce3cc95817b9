// src/matcher.ts
const blank = 32;
var Matcher = class {
	#parents;
	#units;
	#targets;
	#failures;
	#longest;
	#depths;
	#first = new Int32Array(65536);
	constructor(words) {
		const texts = [...words].map(folded).filter((word) => word !== "" && word !== " ");
		const maxNodes = texts.reduce((sum, text) => sum + text.length, 1);
		const slots = 2 ** Math.ceil(Math.log2(maxNodes * 1.5 + 2));
		this.#parents = new Int32Array(slots).fill(-1);
		this.#units = new Uint16Array(slots);
		this.#targets = new Int32Array(slots);
		this.#failures = new Int32Array(maxNodes);
		this.#longest = new Int32Array(maxNodes);
		this.#depths = new Int32Array(maxNodes);
		this.#link(...this.#grow(texts));
	}
	find(text) {
		const spans = [];
		const { length } = text;
		let node = 0;
		const starts = [];
		for (let at = 0; at < length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#first[unit] === 0 && !isBlank(unit)) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node === 0) continue;
			starts.push(start);
			const size = this.#longest[node] ?? 0;
			if (size > 0) spans.push([starts[starts.length - size] ?? start, at]);
		}
		return spans;
	}
	pending(text) {
		let node = 0;
		const starts = [];
		for (let at = 0; at < text.length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node !== 0) starts.push(start);
		}
		return node === 0 ? void 0 : starts[starts.length - (this.#depths[node] ?? 0)];
	}
	#grow(texts) {
		const parents = new Int32Array(this.#depths.length);
		const units = new Uint16Array(this.#depths.length);
		let count = 1;
		for (const text of texts) {
			let node = 0;
			for (let at = 0; at < text.length; at++) {
				const unit = text.charCodeAt(at);
				let child = this.#child(node, unit);
				if (child === 0) {
					child = count++;
					this.#connect(node, unit, child);
					parents[child] = node;
					units[child] = unit;
					this.#depths[child] = at + 1;
				}
				node = child;
			}
			this.#longest[node] = text.length;
		}
		return [
			count,
			parents,
			units
		];
	}
	#link(count, parents, units) {
		for (const node of this.#nodesByDepth(count)) {
			const parent = parents[node] ?? 0;
			if (parent === 0) continue;
			const suffix = this.#step(this.#failures[parent] ?? 0, units[node] ?? 0);
			this.#failures[node] = suffix;
			if (this.#longest[node] === 0) this.#longest[node] = this.#longest[suffix] ?? 0;
		}
	}
	#nodesByDepth(count) {
		const places = [];
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			places[depth] = (places[depth] ?? 0) + 1;
		}
		let next = 0;
		for (let depth = 0; depth < places.length; depth++) {
			const size = places[depth] ?? 0;
			places[depth] = next;
			next += size;
		}
		const nodes = new Int32Array(count - 1);
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			const place = places[depth] ?? 0;
			nodes[place] = node;
			places[depth] = place + 1;
		}
		return nodes;
	}
	#step(from, unit) {
		for (let node = from;; node = this.#failures[node] ?? 0) {
			if (node === 0) return this.#first[unit] ?? 0;
			const child = this.#child(node, unit);
			if (child !== 0) return child;
		}
	}
	#child(node, unit) {
		if (node === 0) return this.#first[unit] ?? 0;
		const last = this.#parents.length - 1;
		for (let slot = slotOf(node, unit) & last;; slot = slot + 1 & last) {
			const parent = this.#parents[slot];
			if (parent === -1) return 0;
			if (parent === node && this.#units[slot] === unit) return this.#targets[slot] ?? 0;
		}
	}
	#connect(node, unit, child) {
		if (node === 0) {
			this.#first[unit] = child;
			return;
		}
		const last = this.#parents.length - 1;
		let slot = slotOf(node, unit) & last;
		while (this.#parents[slot] !== -1) slot = slot + 1 & last;
		this.#parents[slot] = node;
		this.#units[slot] = unit;
		this.#targets[slot] = child;
	}
};
function slotOf(node, unit) {
	const hash = Math.imul(node ^ Math.imul(unit, 2654435761), 2246822507);
	return hash ^ hash >>> 15;
}
const otherBlanks = [
	5760,
	8232,
	8233,
	8239,
	8287,
	12288,
	65279
];
function isBlank(unit) {
	if (unit <= 32) return unit === 32 || unit >= 9 && unit <= 13;
	if (unit < 5760) return unit === 133 || unit === 160;
	return unit >= 8192 && unit <= 8202 || otherBlanks.includes(unit);
}
function endOfGap(text, start) {
	let at = start;
	let isLineStart = false;
	for (; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 10) isLineStart = true;
		else if (isLineStart && unit >= 9472 && unit <= 9599) isLineStart = false;
		else if (!isBlank(unit)) break;
	}
	return at;
}
function folded(word) {
	let result = "";
	for (let at = 0; at < word.length;) if (!isBlank(word.charCodeAt(at))) result += word[at++];
	else {
		at = endOfGap(word, at);
		result += " ";
	}
	return result;
}
export { Matcher as t };
