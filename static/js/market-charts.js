// Draws prices from the data beside each figure. The table below has the same lots without scripts.
// Each kind has a colour and a shape of its own; what was not sold is hollow; a click opens the source.

import { colour, drawn } from "./chart-canvas.js";

const source = document.getElementById("market-chart-data");
const data = source && JSON.parse(source.textContent);
const words = document.getElementById("market-charts")?.dataset ?? {};
const SHAPES = ["circle", "rectRot", "triangle", "rect", "star", "crossRot"];
const [DAY, PRICE, GRADE, KIND, SOLD, LABEL, LINK] = [0, 1, 2, 3, 4, 5, 6];
const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: words.currency || "EUR", maximumFractionDigits: 0 });
const faded = (hue, share) => `color-mix(in srgb, ${hue} ${share}%, transparent)`;
function lots(column) {
  return data.kinds.flatMap((kind, index) =>
    [1, 0].flatMap((sold) => {
      const points = data.points.filter((one) => one[KIND] === index && one[SOLD] === sold && one[column] !== null);
      if (!points.length) return [];
      const hue = colour(`--chart-${index + 1}`);
      return [{
        label: sold ? kind : `${kind}, ${words.unsold}`,
        data: points.map((one) => ({ x: one[column], y: one[PRICE], lot: one })),
        pointStyle: SHAPES[index],
        pointRadius: 4.5,
        pointHoverRadius: 7,
        borderColor: hue,
        borderWidth: sold ? 1 : 1.5,
        backgroundColor: sold ? faded(hue, 60) : "transparent",
        order: 2,
      }];
    }),
  );
}

function curve(rows) {
  const ink = colour("--ink");
  const edge = (index, more) => ({ type: "line", data: rows.map((row) => ({ x: row[0], y: row[index] })), borderWidth: 0, pointRadius: 0, pointHitRadius: 0, backgroundColor: faded(ink, 9), order: 4, ...more });
  if (!rows.length) return [];
  return [
    { type: "line", label: words.median, data: rows.map((row) => ({ x: row[0], y: row[2], row })), borderColor: ink, borderWidth: 2, pointRadius: rows.length === 1 ? 4 : 2, pointStyle: "line", order: 1 },
    edge(3, { label: words.half, fill: "+1", pointStyle: "rect" }),
    edge(1, { label: "" }),
  ];
}

function mine(from, to, column) {
  const own = data.own;
  const hue = colour("--danger");
  if (!own) return [];
  const found = [];
  if (own.value) found.push({ type: "line", label: words.mine, data: [{ x: from, y: own.value }, { x: to, y: own.value }], borderColor: hue, borderWidth: 2, borderDash: [6, 4], pointRadius: 0, pointStyle: "line", order: 0 });
  const bought = column === DAY ? own.bought : own.bought && own.grade && [own.grade, own.bought[1]];
  if (bought) found.push({ label: words.bought, data: [{ x: bought[0], y: bought[1] }], pointStyle: "star", pointRadius: 9, borderColor: hue, borderWidth: 2.5, backgroundColor: hue, order: 0 });
  return found;
}

function axes(x) {
  const soft = colour("--ink-soft");
  const grid = { color: colour("--line"), drawTicks: false };
  const tick = (value) => (/^[125]/.test(String(Math.round(value * 100))) ? money.format(value) : "");
  return {
    x: { type: "linear", grid: { display: false }, border: { color: colour("--line") }, ...x, ticks: { color: soft, maxRotation: 0, ...x.ticks } },
    y: { type: "logarithmic", grid, border: { display: false }, ticks: { color: soft, callback: tick, maxTicksLimit: 9 } },
  };
}

function options(scales) {
  return {
    maintainAspectRatio: false,
    animation: false,
    parsing: false,
    normalized: true,
    scales,
    interaction: { mode: "nearest", intersect: true },
    onClick: (_event, hits, chart) => {
      const lot = hits.map((hit) => chart.data.datasets[hit.datasetIndex].data[hit.index].lot).find((one) => one?.[LINK]);
      if (lot) window.open(lot[LINK], "_blank", "noopener,noreferrer");
    },
    onHover: (event, hits, chart) => {
      event.native.target.style.cursor = hits.some((hit) => chart.data.datasets[hit.datasetIndex].data[hit.index].lot?.[LINK]) ? "pointer" : "";
    },
    plugins: {
      legend: { align: "end", labels: { color: colour("--ink-soft"), usePointStyle: true, filter: (item) => item.text } },
      tooltip: { callbacks: { title: () => "", label: told } },
    },
  };
}

function told(item) {
  const { lot, row, y } = item.raw;
  if (row) return `${words.median} ${money.format(row[2])} (${money.format(row[1])} – ${money.format(row[3])}), n = ${row[4]}`;
  if (!lot) return `${item.dataset.label}: ${money.format(y)}`;
  const year = lot[DAY] ? `, ${Math.floor(lot[DAY])}` : "";
  return [`${lot[SOLD] ? "" : `${words.unsold}: `}${money.format(lot[PRICE])}${year}`, lot[LABEL]];
}

function ends(column) {
  const found = data.points.map((one) => one[column]).filter((one) => one !== null);
  if (column === DAY && data.own?.bought) found.push(data.own.bought[0]);
  return found.length ? [Math.min(...found), Math.max(...found)] : [0, 1];
}

const GRADES = { 1: "P", 2: "G", 3: "F", 4: "VF", 5: "EF", 6: "MS", 7: "MS-70" };
const CHARTS = {
  date() {
    const [from, to] = ends(DAY);
    const [first, last] = [Math.floor(from - 0.05), Math.ceil(to + 0.05)];
    const years = { min: first, max: last, ticks: { precision: 0, callback: (value) => (Number.isInteger(value) ? String(value) : ""), stepSize: to - from > 15 ? 5 : 1 } };
    return { type: "scatter", data: { datasets: [...mine(first, last, DAY), ...curve(data.bands), ...lots(DAY)] }, options: options(axes(years)) };
  },
  grade() {
    const [from, to] = ends(GRADE);
    const steps = { min: Math.floor(from - 0.3), max: Math.ceil(to + 0.3), ticks: { stepSize: 1, callback: (value) => GRADES[value] ?? "" } };
    return { type: "scatter", data: { datasets: [...mine(from - 0.5, to + 0.5, GRADE), ...curve(data.grades), ...lots(GRADE)] }, options: options(axes(steps)) };
  },
  spread() {
    const soft = colour("--ink-soft");
    const own = data.own?.value;
    const here = (bin) => own && own >= bin[0] && own <= bin[1];
    const chart = options({
      x: { grid: { display: false }, border: { color: colour("--line") }, ticks: { color: soft, maxRotation: 0, autoSkip: true } },
      y: { beginAtZero: true, grid: { color: colour("--line"), drawTicks: false }, border: { display: false }, ticks: { color: soft, precision: 0 } },
    });
    chart.parsing = true;
    chart.normalized = false;
    chart.plugins.legend.display = false;
    chart.plugins.tooltip.callbacks = {
      title: ([item]) => `${money.format(data.bins[item.dataIndex][0])} – ${money.format(data.bins[item.dataIndex][1])}`,
      label: (item) => `${item.raw}${here(data.bins[item.dataIndex]) ? ` · ${words.mine}` : ""}`,
    };
    chart.onClick = chart.onHover = () => {};
    return {
      type: "bar",
      data: { labels: data.bins.map((bin) => money.format(Math.sqrt(bin[0] * bin[1]))), datasets: [{ data: data.bins.map((bin) => bin[2]), backgroundColor: data.bins.map((bin) => colour(here(bin) ? "--danger" : "--chart-1")), borderRadius: 3, categoryPercentage: 0.95, barPercentage: 0.95 }] },
      options: chart,
    };
  },
};

drawn(
  (part) => (data ? part.querySelectorAll("[data-market-chart]") : []),
  (figure) => figure.dataset.label,
  (figure) => CHARTS[figure.dataset.marketChart](),
);
