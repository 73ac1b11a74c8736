/**
 * Expressions for a page to evaluate, as text: what runs in a browser is typed by nothing that Node knows.
 */

/**
 * Gives the texts whose contrast with what is behind them is below what WCAG 2 AA asks for (4.5, or 3 for large
 * text), each with its contrast.
 */
export const tooFaint = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = color.slice(0, 3).map((each) => {
      const share = each / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const color = channels(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] > 0.99) return color;
    }
    throw new Error('nothing is behind it');
  };
  const found = [];
  let looked = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const element = text.parentElement;
    if (text.textContent.trim() === '' || element.closest('svg, script, style') !== null) continue;
    if (!element.checkVisibility()) continue;
    looked += 1;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const [one, other] = [luminance(channels(style.color)), luminance(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < (isLarge ? 3 : 4.5)) found.push(contrast.toFixed(2) + ': ' + text.textContent.trim().slice(0, 40));
  }
  if (looked < 100) throw new Error('only ' + looked + ' texts were looked at');
  return found;
})()`;

/** Gives what can be reached, or is a picture, and has no name for those who cannot see it. */
export const nameless = `(() =>
  [...document.querySelectorAll('svg[role=img], input, [tabindex], button, [role=group], nav, section')]
    .filter(
      (each) =>
        !each.hasAttribute('aria-label') &&
        !each.hasAttribute('aria-labelledby') &&
        each.closest('label') === null &&
        each.textContent.trim() === '',
    )
    .map((each) => each.outerHTML.slice(0, 80)))()`;

export const openAll = `for (const each of document.querySelectorAll('details')) each.open = true;`;
export const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;
export const background = `getComputedStyle(document.body).backgroundColor`;
export const colorOfSlipped = `getComputedStyle(document.querySelector('main > p')).color`;
/** Milliseconds until everything was there. */
export const openedAfter = `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`;
