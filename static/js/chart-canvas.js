// The canvas of a figure and when it is drawn: as it comes into view, and once more where colours change.
// Chart.js is fetched only when the first figure comes into view.

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let library;

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector("meta[name=chart-library]").content;
    script.onload = () => resolve(window.Chart);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

async function draw(figure, nameOf, chartOf) {
  const Chart = await load();
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", nameOf(figure));
  const room = figure.querySelector(".chart-canvas");
  Chart.getChart(room.firstElementChild)?.destroy();
  room.replaceChildren(canvas);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  new Chart(canvas, chartOf(figure));
  figure.classList.add("is-drawn");
}

// `figuresIn` finds them in a part of the page; what it gives back is to be called with every part that comes later.
export function drawn(figuresIn, nameOf, chartOf) {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        seen.unobserve(entry.target);
        draw(entry.target, nameOf, chartOf);
      }
    },
    { rootMargin: "200px" },
  );
  // Paper is light and has no place below the window; a canvas keeps the colours that it was drawn in.
  for (const query of ["print", "(prefers-color-scheme: dark)"]) {
    matchMedia(query).addEventListener("change", (event) => {
      for (const figure of figuresIn(document)) if (figure.matches(".is-drawn") || event.media === "print") draw(figure, nameOf, chartOf);
    });
  }
  const watch = (part) => {
    for (const figure of figuresIn(part)) seen.observe(figure);
  };
  watch(document);
  return watch;
}
