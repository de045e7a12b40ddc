using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydraters;
using AnyFetch.HydrationWorker;
using Microsoft.Extensions.DependencyInjection;

var hydraters = new ServiceCollection().AddBuiltInHydraters().BuildServiceProvider().GetServices<IHydrater>()
    .Append(new HostileHydrater())
    .ToDictionary(h => h.Descriptor.ShortName);
IsolationWorker.Run(name => hydraters.GetValueOrDefault(name));
