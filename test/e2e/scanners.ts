/** User agents in the manner of what opens links of mails before, or instead of, a person. None may get special treatment (EM-05). */
export const SCANNERS: Readonly<Record<string, string>> = {
  'Safe Links':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0',
  Office: 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)',
  'Office discovery': 'Microsoft Office Existence Discovery',
  Barracuda: 'Barracuda Sentinel (EE)',
  Proofpoint: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0; ProofPoint URL Defense)',
  Mimecast: 'Mozilla/5.0 (compatible; Mimecast-URL-Scanner/1.0)',
  'Google image proxy': 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  Googlebot: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Yahoo mail proxy': 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  'Apple Mail Privacy': 'Mozilla/5.0',
  Slackbot: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  Teams: 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
  WhatsApp: 'WhatsApp/2.23.20.0',
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  curl: 'curl/8.7.1',
  'Headless Chrome':
    'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'no name at all': '',
};

/** Headers of requests that nobody asked for. */
export const PREFETCHES: readonly Record<string, string>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'x-moz': 'prefetch' },
];
