/**
 * In place of packages that got loads at every start for options that lockstep does not use (`http2`, `cache`, `dnsCache`): they
 * take 35 ms to load, of which one creates a TLS context. Using one throws.
 */
class Absent {
  constructor() {
    throw new Error('lockstep uses neither the caches of got nor HTTP/2');
  }
}

export default Absent;
export class CacheError extends Absent {}
