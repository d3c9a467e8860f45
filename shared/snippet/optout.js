/**
 * For pages of sites: is this visitor opted out? Served minified as `/optout.v1.js`; see docs/snippet.md. It must run before any tracker
 * loads, so it asks nobody: what it knows is the browser's signal and this site's own storage. Whatever goes wrong means "not allowed".
 * It is written in the JavaScript of 2017, and leaves one global behind.
 */
(() => {
  const KEY = 'heed-opt-out';
  const WORDS = {
    en: 'Opt-Out Request Honored',
    de: 'Widerspruch beachtet',
    fr: 'Demande d’opposition respectée',
    es: 'Solicitud de exclusión respetada',
    it: 'Opposizione rispettata',
    nl: 'Bezwaar gehonoreerd',
    pl: 'Sprzeciw uwzględniony',
    pt: 'Oposição respeitada',
    sv: 'Ditt nej respekteras',
    da: 'Dit fravalg respekteres',
    cs: 'Vaše odmítnutí respektujeme',
    ja: 'オプトアウトに従っています',
  };
  const origin = new URL(document.currentScript.src).origin;

  const isStored = () => localStorage.getItem(KEY) !== null || document.cookie.includes(`${KEY}=`);

  // Only sale-share can be told without asking the service: everything else is "no".
  const allows = (purpose) => {
    try {
      return purpose === 'sale-share' && navigator.globalPrivacyControl !== true && !isStored();
    } catch (_) {
      return false;
    }
  };

  // Both, since either may be refused or cleared; 400 days are the longest that browsers keep a cookie.
  const store = () => {
    try {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, and newer than many browsers.
      document.cookie = `${KEY}=1; path=/; max-age=34560000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
      localStorage.setItem(KEY, '1');
    } catch (_) {
      // A browser that stores nothing for this site still has the answer of the service.
    }
  };

  const post = (email) =>
    fetch(`${origin}/v1/opt-outs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, scopes: ['any:sale-share'] }),
      keepalive: true,
    }).then((answer) => {
      if (!answer.ok) throw new Error(`Heed answered ${answer.status}`);
      return answer.json();
    });

  window.heedOptOut = Object.freeze({
    allows,
    // Resolves with the service's answer, or with nothing when only this browser is known. Rejects when the service did not take it.
    optOut: ({ email } = {}) => {
      store();
      return email ? post(email) : Promise.resolve();
    },
    show: (element) => {
      if (allows('sale-share')) return;
      const label = document.createElement('label');
      const control = document.createElement('input');
      Object.assign(control, { type: 'checkbox', checked: true, disabled: true });
      control.setAttribute('role', 'switch');
      label.append(control, ` ${WORDS[document.documentElement.lang.slice(0, 2)] || WORDS.en}`);
      element.setAttribute('role', 'status');
      element.replaceChildren(label);
    },
  });
})();
