// Facts dragged by their handle, within a section and into another; sections by their number.

const MARKS = ['drop-before', 'drop-after', 'drop-into'];

const unmark = (root, ...marks) => {
  for (const mark of marks) for (const marked of root.querySelectorAll(`.${mark}`)) marked.classList.remove(mark);
};

/** Listens on the panel's root; a drop is `panel.move(row, section, after)` or `panel.moveSection(id, after)`. */
export function dragging(root, panel) {
  draggingFacts(root, panel);
  draggingSections(root, panel);
}

function draggingFacts(root, panel) {
  let dragged = null;
  let place = null;

  const clear = () => {
    unmark(root, ...MARKS, 'dragged');
    place = null;
  };

  root.addEventListener('dragstart', (event) => {
    const row = event.target.closest?.('[data-drag=fact]')?.closest('.fact');
    if (!row || !panel.store.state.can_write) return;
    dragged = panel.rows.get(row.dataset.fact);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.field.value);
    event.dataTransfer.setDragImage(row, 8, 8);
    row.classList.add('dragged');
  });

  root.addEventListener('dragover', (event) => {
    if (!dragged) return;
    const box = event.target.closest('.box');
    if (!box) return;
    event.preventDefault();
    const over = event.target.closest('.fact');
    unmark(root, ...MARKS);
    place = dropped(box, over, event.clientY, dragged.root);
  });

  root.addEventListener('drop', (event) => {
    if (!dragged || !place) return;
    event.preventDefault();
    const { section, after } = place;
    if (after !== dragged.id) panel.move(dragged, section, after);
    clear();
  });

  root.addEventListener('dragend', () => {
    clear();
    dragged = null;
  });
}

function draggingSections(root, panel) {
  let dragged = null;
  let after = null;

  root.addEventListener('dragstart', (event) => {
    const box = event.target.closest?.('[data-drag=section]')?.closest('.box');
    if (!box || !panel.store.state.can_write) return;
    dragged = box;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', box.querySelector('.heading').value);
    event.dataTransfer.setDragImage(box.querySelector('header'), 8, 8);
    box.classList.add('dragged');
  });

  root.addEventListener('dragover', (event) => {
    const over = dragged && event.target.closest('.box');
    if (!over) return;
    event.preventDefault();
    unmark(root, ...MARKS);
    after = behind(root, over, event.clientY, dragged);
  });

  root.addEventListener('drop', (event) => {
    if (!dragged || after === null) return;
    event.preventDefault();
    if (after !== dragged.dataset.section) panel.moveSection(dragged.dataset.section, after);
  });

  root.addEventListener('dragend', () => {
    unmark(root, ...MARKS, 'dragged');
    dragged = after = null;
  });
}

/** The section that the dragged one would stand behind ('' for none), marked; itself where it stays. Nothing stands behind the outlook. */
function behind(root, over, y, own) {
  if (over === own) return own.dataset.section;
  const { top, height } = over.getBoundingClientRect();
  const isBefore = over.matches('.outlook') || y < top + height / 2;
  over.classList.add(isBefore ? 'drop-before' : 'drop-after');
  if (!isBefore) return over.dataset.section;
  const rest = [...root.querySelectorAll('.box')].filter((box) => box !== own);
  return rest[rest.indexOf(over) - 1]?.dataset.section ?? '';
}

/** The place that is pointed at, marked: before or after a fact, or at the end of a section. */
function dropped(box, over, y, own) {
  const section = box.dataset.section;
  const rows = [...box.querySelectorAll('.fact')].filter((row) => row !== own);
  if (!over || over === own) {
    box.classList.add('drop-into');
    return { section, after: over ? own.dataset.fact : (rows.at(-1)?.dataset.fact ?? '') };
  }
  const { top, height } = over.getBoundingClientRect();
  const isBefore = y < top + height / 2;
  over.classList.add(isBefore ? 'drop-before' : 'drop-after');
  const index = rows.indexOf(over);
  return { section, after: isBefore ? (rows[index - 1]?.dataset.fact ?? '') : over.dataset.fact };
}
