using AnyFetch.Bench;
using AnyFetch.Bench.Runs;

if (args.Length == 0 || !BenchRuns.All.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Usage: ./bench {string.Join('|', BenchRuns.All.Keys)} [NAME=VALUE …]");
    foreach (var (name, meaning) in BenchOptions.Known)
    {
        Console.Error.WriteLine($"  {name,-12} {meaning}");
    }

    return 2;
}

var options = BenchOptions.Parse(args[1..]);
if (options.FindFault() is { } fault)
{
    Console.Error.WriteLine(fault);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var table = await run(options, stop.Token);
table.Print();
Console.WriteLine($"Written to {table.Save(args[0])}");
return 0;
