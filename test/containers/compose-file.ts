import { parse } from 'yaml';
import { read } from './rule.ts';

export type Service = {
  image?: string;
  build?: string;
  pull_policy?: string;
  restart?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  tmpfs?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
};

export type ComposeFile = {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
};

/** With its anchors merged, and a copy of them for each service. */
export const composeFile = (): ComposeFile =>
  structuredClone(JSON.parse(JSON.stringify(parse(read('docker-compose.yml'), { merge: true })))) as ComposeFile;

export function service(file: ComposeFile, name: string): Service {
  const found = file.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

export const servicesOf = (file: ComposeFile) => Object.entries(file.services);

/** Names of the services that fail. */
export const failing = (file: ComposeFile, passes: (service: Service, name: string) => boolean) =>
  servicesOf(file)
    .filter(([name, one]) => !passes(one, name))
    .map(([name]) => name);

export const isCarillon = ({ image }: Service) => image === 'carillon:local';

/** The services that run our image. */
export const carillons = (file: ComposeFile) => servicesOf(file).filter(([, one]) => isCarillon(one));

/** Changed in one service. */
export const changing = (name: string, change: Partial<Service>) => (file: ComposeFile) => {
  Object.assign(service(file, name), change);
  return file;
};

/** With variables added to those of one service. */
export const setting = (name: string, env: Record<string, string>) => (file: ComposeFile) =>
  changing(name, { environment: { ...service(file, name).environment, ...env } })(file);
