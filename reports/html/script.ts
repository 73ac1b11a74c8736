/**
 * The only script of a page. It makes lists searchable and text copyable, and opens what a link leads to; without
 * it everything is there all the same. It reads and shows text only, and makes no markup.
 */
export const script = `
(() => {
  'use strict';
  for (const part of document.querySelectorAll('[data-filter]')) {
    const search = part.querySelector('input');
    const toggles = [...part.querySelectorAll('button.toggle')];
    const rows = [...part.querySelectorAll('li.rule')].map((row) => ({
      row,
      verdict: row.dataset.verdict,
      text: row.textContent.toLowerCase(),
    }));
    const shown = part.querySelector('.shown');
    const apply = () => {
      const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const wanted = toggles
        .filter((each) => each.getAttribute('aria-pressed') === 'true')
        .map((each) => each.dataset.verdict);
      let count = 0;
      for (const { row, verdict, text } of rows) {
        const fits =
          (wanted.length === 0 || wanted.includes(verdict)) && words.every((word) => text.includes(word));
        row.hidden = !fits;
        if (fits) count += 1;
      }
      shown.textContent = count === rows.length ? count + ' rules' : count + ' of ' + rows.length + ' rules';
    };
    search.addEventListener('input', apply);
    for (const each of toggles) {
      each.addEventListener('click', () => {
        each.setAttribute('aria-pressed', String(each.getAttribute('aria-pressed') !== 'true'));
        apply();
      });
    }
    // A link to a rule must find it whatever is filtered.
    window.addEventListener('hashchange', () => {
      const row = document.getElementById(location.hash.slice(1));
      if (row === null || !part.contains(row) || !row.hidden) return;
      search.value = '';
      for (const each of toggles) each.setAttribute('aria-pressed', 'false');
      apply();
      row.scrollIntoView();
    });
  }

  const textOf = (box) => {
    const script = box.querySelector('[data-script]');
    if (script === null) return box.querySelector('pre').textContent;
    const prelude = document.getElementById('prelude-' + script.dataset.script);
    return [script.querySelector('.head'), prelude, script.querySelector('.rest')]
      .map((each) => (each === null ? '' : each.textContent))
      .join('\\n') + '\\n';
  };
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      const box = button.parentElement;
      try {
        await navigator.clipboard.writeText(textOf(box));
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(box.querySelector('pre'));
        button.textContent = 'Selected';
      }
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
  }

  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = part === null ? null : part.querySelector(':scope > details');
    if (details !== null) details.open = true;
  };
  window.addEventListener('hashchange', open);
  open();

  const closed = [];
  window.addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('.divergence > details:not([open])')) {
      each.open = true;
      closed.push(each);
    }
  });
  window.addEventListener('afterprint', () => {
    for (const each of closed.splice(0)) each.open = false;
  });
})();
`;
