// <local-time>: adds the viewer's own time to a moment that the server could only say on the group's clock,
// and tells the server the zone, so that the next page is right from the start.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const A_YEAR = 60 * 60 * 24 * 365;

function tellServer() {
  if (!zone || document.cookie.split("; ").includes(`zone=${zone}`)) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    if (this.classList.contains("known") || this.querySelector(".moment-mine")) return;
    const times = [...this.querySelectorAll("time")];
    const [start, end] = times.map((time) => new Date(time.dateTime));
    if (offsetIn(times[0].dateTime) === -start.getTimezoneOffset()) return;
    const format = new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "short", hour: "numeric", minute: "2-digit",
    });
    const mine = document.createElement("span");
    mine.className = "moment-there moment-mine";
    const said = end ? format.formatRange(start, end) : format.format(start);
    mine.textContent = `${said} (${this.getAttribute("yours")})`;
    this.append(" ", mine);
  }
}

// Minutes east of Greenwich in "2026-11-24T19:00+05:30".
function offsetIn(moment) {
  const [, sign, hours, minutes] = moment.match(/([+-])(\d\d):(\d\d)$/);
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

tellServer();
customElements.define("local-time", LocalTime);
