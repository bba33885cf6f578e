/** Whether a URL leads to this machine and nowhere else: `localhost`, 127.0.0.0/8, `::1`. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname);
}
