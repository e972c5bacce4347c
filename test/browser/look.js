/**
 * What a page looks like, as numbers: run in the page by a browser. `structure`: its headings, rows and columns of its tables, and
 * of each chart the title, the number of marks and of labels; `sizes` of the charts, which do not hang on fonts; `faults`: what is
 * wrong to the eye, as a page that scrolls sideways, texts on one another, cut off, broken within a word, or pale.
 */
(() => {
  const round = (number) => Math.round(number);
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim() !== '') found.push(walker.currentNode);
    return found.filter(
      ({ parentElement }) => parentElement.checkVisibility() && !/^(title|desc|style)$/i.test(parentElement.tagName),
    );
  };
  const rectsOf = (node, from = 0, to = node.length) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()];
  };
  const short = (text) => text.trim().slice(0, 40);
  const faults = [];

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth)
    faults.push(`the page is ${page.scrollWidth} wide, its room ${page.clientWidth}`);

  // What does not scroll has to have room for all its text.
  const paper = matchMedia('print').matches;
  for (const node of texts(document.body)) {
    const box = paper ? null : node.parentElement.closest('.scroll, pre');
    for (const { right } of rectsOf(node)) {
      const room = box ? box.getBoundingClientRect().left - box.scrollLeft + box.scrollWidth : page.clientWidth;
      if (right > room + 1) faults.push(`cut off: ${short(node.data)}`);
    }
    if (node.parentElement.closest('svg, .hash, pre')) continue;
    for (const { index, 0: word } of node.data.matchAll(/[^\s-]+/gu))
      if (
        word.length <= 24 &&
        !word.includes('/') &&
        new Set(rectsOf(node, index, index + word.length).map(({ top }) => round(top))).size > 1
      )
        faults.push(`broken: ${word} of ${short(node.data)}`);
  }

  // Contrast as WCAG 2.1 has it, of each text to what is behind it.
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const over = (front, back, opacity = 1) => {
    const alpha = (front[3] ?? 1) * opacity;
    return [0, 1, 2].map((i) => alpha * front[i] + (1 - alpha) * back[i]);
  };
  const light = (color) => {
    const [r, g, b] = color.map((part) => (part <= 10.31 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const paperColor = channels(getComputedStyle(document.body).backgroundColor);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = channels(getComputedStyle(one).backgroundColor);
      if ((color[3] ?? 1) === 1) return color;
    }
    return paperColor;
  };
  const pale = (what, front, back, least) => {
    const found = contrast(front, back);
    if (found < least) faults.push(`pale, ${found.toFixed(2)}: ${what}`);
  };
  for (const node of texts(document.body)) {
    const parent = node.parentElement;
    const { color, fill } = getComputedStyle(parent);
    if (!parent.closest('svg')) {
      pale(short(node.data), channels(color), behind(parent), 4.5);
      continue;
    }
    const [{ left, right, top, bottom } = {}] = rectsOf(node);
    if (left === undefined) continue;
    const field = parent.classList.contains('field')
      ? [...parent.closest('svg').querySelectorAll('rect')].find((rect) => {
          const box = rect.getBoundingClientRect();
          return (
            box.left <= (left + right) / 2 &&
            box.right >= (left + right) / 2 &&
            box.top <= (top + bottom) / 2 &&
            box.bottom >= (top + bottom) / 2
          );
        })
      : null;
    const look = field && getComputedStyle(field);
    const back = look ? over(channels(look.fill), paperColor, Number(look.fillOpacity)) : paperColor;
    pale(short(node.data), channels(fill), back, 4.5);
  }
  for (const mark of document.querySelectorAll('svg rect:not([fill-opacity])'))
    pale(
      `a bar of ${mark.closest('section').querySelector('h2').textContent}`,
      channels(getComputedStyle(mark).fill),
      paperColor,
      2.9,
    );

  const sizes = [];
  const charts = [...document.querySelectorAll('svg')].map((svg) => {
    const box = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll('text')];
    const places = labels.map((label) => [label, label.getBoundingClientRect()]);
    for (const [i, [label, one]] of places.entries()) {
      if (one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1)
        faults.push(`outside its drawing: ${short(label.textContent)}`);
      for (const [other, two] of places.slice(i + 1)) {
        const [across, down] = [
          Math.min(one.right, two.right) - Math.max(one.left, two.left),
          Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top),
        ];
        // Lines of text have room above and below their letters.
        if (one.height > 6 && across > 1 && down > 0.35 * Math.min(one.height, two.height))
          faults.push(`on one another: ${short(label.textContent)}, ${short(other.textContent)}`);
      }
    }
    const count = (name) => svg.querySelectorAll(name).length;
    sizes.push([round(box.width), round(box.height)]);
    return [svg.querySelector('title').textContent, count('rect') + count('path') + count('circle'), labels.length];
  });

  // On paper nothing that belongs together is taller than a page, and none of it may be split.
  if (paper) {
    const tallest = 980;
    for (const one of document.querySelectorAll('h2, h3, figure, tr, .answer, .sign')) {
      if (one.getBoundingClientRect().height > tallest) faults.push(`taller than a page: ${short(one.textContent)}`);
      if (getComputedStyle(one).breakInside !== 'avoid') faults.push(`may be split: ${short(one.textContent)}`);
    }
    for (const one of document.querySelectorAll('h2, h3'))
      if (getComputedStyle(one).breakAfter !== 'avoid') faults.push(`may stand alone: ${short(one.textContent)}`);
  }

  return {
    faults: [...new Set(faults)],
    structure: {
      headings: [...document.querySelectorAll('h1, h2')].map(({ textContent }) => textContent),
      tables: [...document.querySelectorAll('table')]
        .filter((table) => !table.closest('details'))
        .map(({ rows }) => [rows.length, rows[0].cells.length]),
      charts,
    },
    sizes,
  };
})();
