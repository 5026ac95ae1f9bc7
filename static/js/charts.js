// Draws the table inside each <figure data-chart> as a chart. The table stays, one click away, and is
// all there is without JavaScript.

import { colour, drawn } from "./chart-canvas.js";

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

function chartOf(figure) {
  const kind = figure.dataset.chart;
  const table = read(figure);
  return {
    type: kind === "line" ? "line" : "bar",
    data: { labels: table.labels, datasets: table.series.map((one, index) => styled(kind, one, index)) },
    options: options(kind, table),
  };
}

const watch = drawn(
  (part) => part.querySelectorAll("figure[data-chart]"),
  (figure) => figure.closest("section")?.querySelector("h2")?.textContent ?? "",
  chartOf,
);
// A part of the page that htmx has brought, like the curve of a run that goes on
document.addEventListener("htmx:load", (event) => watch(event.target));
