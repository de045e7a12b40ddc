using AnyFetch.Bench;
using AnyFetch.Bench.Runs;

if (args.Length == 0 || !BenchRuns.All.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Usage: ./bench {string.Join('|', BenchRuns.All.Keys)} [NAME=VALUE …]");
    Console.Error.WriteLine("Names: documents, companies, connections, seconds, files, megabytes, type (Sqlite or PostgreSql: see docs).");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var options = BenchOptions.Parse(args[1..]);
var table = await run(options, stop.Token);
table.Print();
Console.WriteLine($"Written to {table.Save(args[0])}");
return 0;
