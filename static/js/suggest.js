// Words from the vocabulary below a field, while somebody types. Without this the field is a plain one.

let counter = 0;

attachIn(document);
document.addEventListener("htmx:load", (event) => attachIn(event.detail.elt));

function attachIn(part) {
  for (const field of part.querySelectorAll("input[data-suggest]:not([list])")) attach(field);
}

function attach(field) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${++counter}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (field.value === asked) return;
      asked = field.value;
      const url = `${field.dataset.suggest}?q=${encodeURIComponent(asked)}`;
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (!response.ok || asked !== field.value) return; // an older answer came late
      const { results } = await response.json();
      list.replaceChildren(...results.map((word) => new Option(word, word)));
    }, 150);
  });
}
