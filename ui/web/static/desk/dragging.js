// Facts dragged by their handle, within a section and into another.

/** Listens on the panel's root; a drop is `panel.move(row, section, after)`. */
export function dragging(root, panel) {
  let dragged = null;
  let place = null;

  const clear = () => {
    for (const marked of root.querySelectorAll('.drop-before, .drop-after, .drop-into, .dragged'))
      marked.classList.remove('drop-before', 'drop-after', 'drop-into', 'dragged');
    place = null;
  };

  root.addEventListener('dragstart', (event) => {
    const row = event.target.closest?.('[data-drag]')?.closest('.fact');
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
    for (const marked of root.querySelectorAll('.drop-before, .drop-after, .drop-into')) marked.classList.remove('drop-before', 'drop-after', 'drop-into');
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
