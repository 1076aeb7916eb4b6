// <passkey-form does="create" | does="get" from="/where/options/are/">: sends the form inside it with a
// passkey made or used by the browser. Options stand in a JSON script inside it, or are fetched.
// <passkey-offer>: shows what is inside it where the browser knows passkeys, and folds the password away.

const knowsPasskeys = "PublicKeyCredential" in window && "credentials" in navigator;

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

function read({ publicKey: options }) {
  const ready = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = withBytes(options.allowCredentials);
  return { publicKey: ready };
}

function write(credential) {
  const given = credential.response;
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) response[part] = toText(given[part]);
  }
  if (given.getTransports) response.transports = given.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    if (!knowsPasskeys) return this.say("absent");
    this.hidden = false;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
  }

  async run() {
    this.say("");
    try {
      const options = read(await this.options());
      const credential = await navigator.credentials[this.getAttribute("does")](options);
      this.form.elements.credential.value = write(credential);
      this.form.submit();
    } catch {
      this.say("failed");
    }
  }

  async options() {
    const from = this.getAttribute("from");
    const told = from
      ? await (await fetch(from, { headers: { Accept: "application/json" } })).json()
      : JSON.parse(this.querySelector("script[type='application/json']").textContent);
    return told.creation_options ?? told.request_options;
  }

  say(when) {
    for (const words of this.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== when;
  }
}

class PasskeyOffer extends HTMLElement {
  connectedCallback() {
    if (!knowsPasskeys) return;
    this.hidden = false;
    const password = this.closest("form").querySelector("details");
    if (password && !password.querySelector("[aria-invalid=true]")) password.open = false;
  }
}

customElements.define("passkey-form", PasskeyForm);
customElements.define("passkey-offer", PasskeyOffer);
