/** Draws for `seconds` of CPU time after one to warm up: prints the line that draws.mjs reads. */
export const reportDraws = async (version, seconds, values, draw) => {
  await draw();
  const times = [];
  const begin = process.cpuUsage();
  const spent = (since) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1e6;
  };
  while (spent(begin) < seconds || times.length < 3) {
    const before = process.cpuUsage();
    await draw();
    times.push(spent(before));
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${JSON.stringify({ seconds: median, valuesPerSecond: values / median, peakMiB, version })}\n`,
  );
};
