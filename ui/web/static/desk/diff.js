// What changed between two texts, for Chinese: character by character, but a number or a Latin word is one piece and never half struck.

const PIECES = /[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|[A-Za-z]+|[\s\S]/gu;
const LARGEST = 4_000_000; // cells of the table; beyond it the middle is told as one replacement
const SHORTEST = 2; // pieces; a shorter stretch that stayed between two changes only makes the change unreadable

/** [{kind: 'same' | 'deleted' | 'inserted', text}]: 'same' and 'deleted' give `before`, 'same' and 'inserted' give `after`. */
export function difference(before, after) {
  const [old, fresh] = [before.match(PIECES) ?? [], after.match(PIECES) ?? []];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;
  const steps = [
    ...old.slice(0, head).map((piece) => ['same', piece]),
    ...between(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map((piece) => ['same', piece]),
  ];
  return joined(steps);
}

function between(old, fresh) {
  if (old.length * fresh.length > LARGEST) return replaced(old, fresh);
  const width = fresh.length + 1;
  const longest = lengths(old, fresh, width);
  const steps = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      steps.push(['same', old[i]]);
      i += 1;
      j += 1;
    }
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) steps.push(['deleted', old[i++]]);
    else steps.push(['inserted', fresh[j++]]);
  }
  return [...steps, ...replaced(old.slice(i), fresh.slice(j))];
}

/** The longest common subsequence of every pair of ends, as one flat table. */
function lengths(old, fresh, width) {
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        old[i] === fresh[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
  return table;
}

function replaced(old, fresh) {
  return [...old.map((piece) => ['deleted', piece]), ...fresh.map((piece) => ['inserted', piece])];
}

/** One entry a stretch; between two changes a stretch too short to read is part of the change, what went before what came. */
function joined(steps) {
  const runs = [];
  for (const [kind, piece] of steps) {
    const last = runs.at(-1);
    if (last && last.same === (kind === 'same')) last.steps.push([kind, piece]);
    else runs.push({ same: kind === 'same', steps: [[kind, piece]] });
  }
  const merged = [];
  runs.forEach((run, index) => {
    const island = run.same && run.steps.length < SHORTEST && index > 0 && index < runs.length - 1;
    const changed = island ? run.steps.flatMap(([, piece]) => [['deleted', piece], ['inserted', piece]]) : run.steps;
    if (!(run.same && !island) && merged.length && !merged.at(-1).same) merged.at(-1).steps.push(...changed);
    else merged.push({ same: run.same && !island, steps: [...changed] });
  });
  return merged.flatMap(({ same, steps: run }) => {
    const text = (wanted) => run.filter(([kind]) => kind === wanted).map(([, piece]) => piece).join('');
    const told = same ? [['same', text('same')]] : [['deleted', text('deleted')], ['inserted', text('inserted')]];
    return told.filter(([, words]) => words).map(([kind, words]) => ({ kind, text: words }));
  });
}
