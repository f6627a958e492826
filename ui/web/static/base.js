// Where the pages stand: a server behind a proxy may have a sub-path of the host, and this file's own address tells it.

const BASE = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** An address of ours, as the browser has to ask for it: /zh/desk → /chengwen/zh/desk. */
export function based(path) {
  return `${BASE}${path}`;
}

/** Puts a style sheet of ours on the page, once; fulfilled when it is there. */
export function stylesheet(path) {
  const href = based(path);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}
