import { ready, type Engine, type EngineSearch } from './engine-search.ts';

const DOCKER_WITHIN_MS = 5_000;

/** `undefined` where no Docker engine answers soon. */
export async function startContainer(search: EngineSearch): Promise<Engine | undefined> {
  const { image } = search;
  if (!image) return undefined;
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), DOCKER_WITHIN_MS)));
  const answers = getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  const docker = await Promise.race([answers, late]);
  clearTimeout(timer);
  if (!docker) return undefined;
  const { name, port, command = [], environment = {} } = image;
  const container = new GenericContainer(name).withExposedPorts(port).withEnvironment({ ...environment });
  const started = await (command.length > 0 ? container.withCommand([...command]) : container).start();
  const url = search.url(started.getHost(), started.getMappedPort(port));
  const stop = async () => void (await started.stop());
  try {
    await ready(search, url, new Promise<never>(() => undefined));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
