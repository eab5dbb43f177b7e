(() => {
  const table = document.getElementById("heat"), body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows], status = document.getElementById("found"), finder = document.getElementById("finder");
  const says = table.dataset, put = (words, value) => words.replace("#", () => value);
  const text = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : "");
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const rank = (row, at) => {
    const cell = row.cells[at], found = /^l(\d)$/.exec(cell.className);
    return found ? +found[1] : cell.ariaLabel ? 8 : 9;
  };
  const tell = () => {
    const seen = rows.filter(row => !row.hidden).length;
    table.classList.toggle("lazy", seen > +table.dataset.most);
    status.textContent = seen === rows.length ? says.all : seen === 1 ? says.single : put(says.some, seen.toLocaleString("en-GB"));
  };
  const facts = heads.length - [...heads].filter(head => head.title).length;
  const sort = at => {
    const up = heads[at].getAttribute("aria-sort") !== "ascending";
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[at].setAttribute("aria-sort", up ? "ascending" : "descending");
    const keys = new Map(rows.map(row => [row, at < facts ? text(row, at) : rank(row, at)]));
    const none = key => key === "" || key > 7;
    rows.sort((one, two) => {
      const a = keys.get(one), b = keys.get(two);
      if (none(a) !== none(b)) return none(a) ? 1 : -1;
      const way = at < facts ? order.compare(a, b) : a - b;
      return (up ? way : -way) || order.compare(text(one, 0), text(two, 0));
    });
    body.append(...rows);
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(at));
    head.append(button);
  });
  const labelled = (words, field) => {
    const label = document.createElement("label");
    label.append(words, field);
    finder.append(label);
    return field;
  };
  const small = said => said.trim().toLocaleLowerCase();
  const typed = (words, at) => {
    const field = labelled(put(says.holds, words), document.createElement("input"));
    field.type = "search";
    return row => small(text(row, at)).includes(small(field.value));
  };
  const chosen = (heading, at, words) => {
    const choice = labelled(heading, document.createElement("select"));
    choice.add(new Option(says.any, "*"));
    for (const word of words) choice.add(new Option(word || says.unsaid, word));
    return row => choice.value === "*" || choice.value === text(row, at);
  };
  const wishes = [typed(says.name, 0)];
  for (let at = 1; at < facts; at++) {
    const heading = heads[at].textContent, words = [...new Set(rows.map(row => text(row, at)))].sort(order.compare);
    if (words.length < 2 || heading === says.unsought) continue;
    wishes.push(words.length > 60 ? typed(heading, at) : chosen(heading, at, words));
  }
  const filter = () => {
    for (const row of rows) row.hidden = !wishes.every(wish => wish(row));
    tell();
  };
  finder.addEventListener("input", filter);
  finder.addEventListener("submit", event => event.preventDefault());
  finder.hidden = false;
  tell();
})();
