import type { Settings } from '../../models/settings.ts';
import type { ServiceTimes } from '../clock/service-times.ts';
import type { Proxies } from './route.ts';

/** What decides how the clouds are reached, and what learns the time of each service. */
export interface Network {
  readonly settings: () => Settings;
  readonly proxies: Proxies;
  readonly times: ServiceTimes;
}
