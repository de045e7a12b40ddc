using AnyFetch.Cli;

return await CommandLine.RunAsync(args);
