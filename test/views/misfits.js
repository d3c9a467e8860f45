// What does not fit on the screen, one line each. Runs in the page, which is why it is no TypeScript.
misfits();

function misfits() {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  return [...sidewaysScroll(), ...smallTargets(), ...textsOutside(), ...cut(), ...overlaps()];
}

// WCAG 1.4.10.
function sidewaysScroll() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px on ${clientWidth} px`] : [];
}

// More than the 24 px of WCAG 2.5.8: thumbs need 44.
function smallTargets() {
  const targets = all('a, button, summary, textarea, input:not([type=hidden])').map((element) => {
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    return { element, width, height };
  });
  return targets
    .filter(({ width, height }) => width < 24 || height < 44)
    .map(({ element, width, height }) => `a target of ${width}×${height} px: ${nameOf(element)}`);
}

// Each line of text stays within the box that it stands in; an accent may stick out of a tight line.
function textsOutside() {
  const isOutside = ({ element, line }) => {
    const box = element.closest('button, a.action, .state, .choice, .alert, li, dd, dt, main, header, footer, body');
    const { left, right, top, bottom } = box.getBoundingClientRect();
    return line.left < left - 1 || line.right > right + 1 || line.top < top - 6 || line.bottom > bottom + 6;
  };
  return lines()
    .filter(isOutside)
    .map(({ element }) => `text out of its box: ${nameOf(element)}`);
}

function cut() {
  const isCut = (element) =>
    getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
  return all(':is(main, header, footer) :not(input, textarea, svg)')
    .filter(isCut)
    .map((element) => `cut: ${nameOf(element)}`);
}

function overlaps() {
  const controls = all('input:not([type=hidden]), textarea');
  const boxes = [...lines(), ...controls.map((element) => ({ element, line: element.getBoundingClientRect() }))];
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => areOverlapping(one, other))
      .map((other) => `${nameOf(one.element)} and ${nameOf(other.element)} overlap`),
  );
}

// A line's box is higher than its letters: a quarter of it may touch the next line.
function areOverlapping({ element, line }, { element: other, line: next }) {
  const across = Math.min(line.right, next.right) - Math.max(line.left, next.left);
  const down = Math.min(line.bottom, next.bottom) - Math.max(line.top, next.top);
  return element !== other && across > 1 && down > Math.min(line.height, next.height) / 4;
}

/** Every line of text that is seen. */
function lines() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const read = [];
  while (walker.nextNode()) read.push(...linesOf(walker.currentNode));
  return read;
}

function linesOf(node) {
  const element = node.parentElement;
  if (node.data.trim() === '' || !isShown(element)) return [];
  const range = document.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].filter(({ width }) => width > 0).map((line) => ({ element, line }));
}

function all(selector) {
  return [...document.querySelectorAll(selector)].filter(isShown);
}

function isShown(element) {
  return element.closest('[aria-hidden], .unseen, .trap') === null && element.checkVisibility();
}

function nameOf(element) {
  return element.outerHTML.slice(0, 90);
}
