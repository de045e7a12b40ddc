using AnyFetch.Cli;
using AnyFetch.Server.Hydraters;

NativeHeap.Limit();
if (args is [HydrationWorker.Command, .. var settings])
{
    // Servers start these all the time: nothing of the command line is needed for it.
    HydrationWorker.Run(settings);
    return ExitCode.Done;
}

return await CommandLine.RunAsync(args);
