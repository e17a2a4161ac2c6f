/** Whether an `Accept-Encoding` (RFC 9110, 12.5.3) names this content coding. */
export function acceptsCoding(acceptEncoding: string, coding: 'br' | 'gzip'): boolean {
  return acceptEncoding.split(',').some((accepted) => {
    const [name, quality = 'q=1'] = accepted.split(';').map((part) => part.trim());
    return name === coding && Number(quality.slice(2)) > 0;
  });
}
