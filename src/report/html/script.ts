/**
 * The script of the page: it hides the rows that the filters exclude. It only reads the page, holds no data and builds no
 * HTML. It is plain text, because its hash is part of the content security policy and a bundler would change it.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const find = (id) => document.getElementById(id);
  const form = find('filters');
  if (form === null) return;

  const text = find('find-text');
  const target = find('find-target');
  const shown = find('shown');
  const none = find('none');
  const boxes = [...form.querySelectorAll('input[type=checkbox]')];
  const noun = (count) => count + ' ' + shown.dataset.noun + (count === 1 ? '' : 's');

  const groups = [...document.querySelectorAll('.target')].map((element) => ({
    element,
    label: element.querySelector('h3 bdi').textContent.toLowerCase(),
    count: element.querySelector('.count'),
    rows: [...element.querySelectorAll('.row')].map((row) => ({ row, is: row.dataset.is.split(' '), words: undefined })),
  }));
  const labels = new Set(groups.map(({ label }) => label));
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);

  // Read once, at the first search.
  const wordsOf = (entry, label) => (entry.words ??= label + ' ' + entry.row.textContent.toLowerCase());

  const matchesTarget = (label, wanted) => {
    if (labels.has(wanted)) return label === wanted;
    let from = 0;
    return wanted.split('*').every((part) => {
      const at = label.indexOf(part, from);
      from = at + part.length;
      return at >= 0;
    });
  };

  const chosen = () =>
    [...form.querySelectorAll('fieldset')]
      .map((set) => boxes.filter((box) => box.checked && set.contains(box)).map((box) => box.value))
      .filter((values) => values.length > 0);

  const setHidden = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden;
  };

  const update = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const wanted = target === null ? '' : target.value.trim().toLowerCase();
    const facets = chosen();
    let sum = 0;
    for (const { element, label, count, rows } of groups) {
      const here = wanted === '' || matchesTarget(label, wanted);
      let visible = 0;
      for (const entry of rows) {
        const match =
          here &&
          facets.every((values) => values.some((value) => entry.is.includes(value))) &&
          words.every((word) => wordsOf(entry, label).includes(word));
        setHidden(entry.row, !match);
        if (match) visible += 1;
      }
      setHidden(element, visible === 0);
      const told = visible === rows.length ? String(visible) : visible + ' of ' + rows.length;
      if (count.textContent !== told) count.textContent = told;
      sum += visible;
    }
    const told = sum === all ? noun(all) : sum + ' of ' + noun(all) + ' shown';
    if (shown.textContent !== told) shown.textContent = told;
    setHidden(none, sum > 0);
  };

  const showAll = () => {
    form.reset();
    update();
  };

  form.addEventListener('input', update);
  // Enter in a field would submit the form, which has no target.
  form.addEventListener('submit', (event) => event.preventDefault());
  find('show-all').addEventListener('click', () => {
    showAll();
    text.focus();
  });
  // A link cannot reach a hidden row.
  for (const link of document.querySelectorAll('.first a')) link.addEventListener('click', showAll);

  // Print everything unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
  });

  form.hidden = false;
  update();
})();
`;
