// Draws the table inside each <figure data-chart> as a chart. The table stays, one click away, and is
// all there is without JavaScript. Chart.js is fetched only when the first figure comes into view.

const figures = document.querySelectorAll("figure[data-chart]");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
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

function read(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")];
  const headings = [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const columns = [...(rows[0]?.children ?? [])].flatMap((cell, index) => (cell.dataset.value === undefined ? [] : [index]));
  return {
    labels: rows.map((row) => row.children[0].textContent.trim()),
    links: rows.map((row) => row.querySelector("a")?.href),
    series: columns.map((index) => ({
      label: headings[index],
      data: rows.map((row) => Number(row.children[index].dataset.value)),
      shown: rows.map((row) => row.children[index].textContent.trim()),
    })),
  };
}

function options(kind, table) {
  const grid = { color: colour("--line"), drawTicks: false };
  const count = { beginAtZero: true, grid, border: { display: false }, ticks: { color: colour("--ink-soft"), precision: 0, maxTicksLimit: 6 } };
  const names = { grid: { display: false }, border: { color: colour("--line") }, ticks: { color: colour("--ink-soft"), autoSkip: kind === "line", maxRotation: kind === "columns" ? 60 : 0, maxTicksLimit: kind === "line" ? 7 : undefined } };
  return {
    maintainAspectRatio: false,
    animation: false,
    indexAxis: kind === "bars" ? "y" : "x",
    scales: kind === "bars" ? { x: count, y: names } : { x: names, y: count },
    onClick: (_event, hits) => hits[0] && table.links[hits[0].index] && location.assign(table.links[hits[0].index]),
    plugins: {
      legend: { display: table.series.length > 1, align: "end", labels: { color: colour("--ink-soft"), boxWidth: 12, boxHeight: 2 } },
      tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${item.dataset.shown[item.dataIndex]}` } },
    },
  };
}

function styled(kind, series, index) {
  const hue = colour(`--chart-${index + 1}`);
  return kind === "line"
    ? { ...series, borderColor: hue, backgroundColor: hue, borderWidth: 2, pointRadius: 0, pointHitRadius: 12, tension: 0.2, borderDash: index ? [4, 4] : [] }
    : { ...series, backgroundColor: hue, borderRadius: 3, maxBarThickness: 26 };
}

async function draw(figure) {
  const Chart = await load();
  const kind = figure.dataset.chart;
  const table = read(figure);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.closest("section")?.querySelector("h2")?.textContent ?? "");
  const room = figure.querySelector(".chart-canvas");
  Chart.getChart(room.firstElementChild)?.destroy();
  room.replaceChildren(canvas);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  new Chart(canvas, {
    type: kind === "line" ? "line" : "bar",
    data: { labels: table.labels, datasets: table.series.map((one, index) => styled(kind, one, index)) },
    options: options(kind, table),
  });
  figure.classList.add("is-drawn");
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "200px" },
);
for (const figure of figures) seen.observe(figure);
// A part of the page that htmx has brought, like the curve of a run that goes on
document.addEventListener("htmx:load", (event) => {
  for (const figure of event.target.querySelectorAll("figure[data-chart]")) seen.observe(figure);
});
// Paper is light and has no place below the window; a canvas keeps the colours that it was drawn in.
for (const query of ["print", "(prefers-color-scheme: dark)"]) {
  matchMedia(query).addEventListener("change", (event) => {
    for (const figure of document.querySelectorAll("figure[data-chart]")) if (figure.matches(".is-drawn") || event.media === "print") draw(figure);
  });
}
