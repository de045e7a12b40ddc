using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Answers;
using AnyFetch.Hydration.Bulk;
using AnyFetch.Hydration.Children;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Tasks;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AnyFetch.Hydration;

/// <summary>Adds hydration to a server.</summary>
public static class HydrationExtensions
{
    /// <summary>
    /// Adds <see cref="IHydration"/>. The stores, the catalogues of types and hydraters, a <see cref="TimeProvider"/> and an
    /// <see cref="IHtmlSanitizer"/> are the composition's to add, and an <see cref="IInProcessHydrater"/> for each built-in
    /// hydrater: on all nodes, because they tell where jobs go.
    /// </summary>
    public static IServiceCollection AddAnyFetchHydration(
        this IServiceCollection services,
        Action<HydrationOptions> configure)
    {
        services.AddOptions<HydrationOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<JobRouting>();
        services.TryAddSingleton<HydraterStacks>();
        services.TryAddSingleton<CircuitBreakers>();
        services.TryAddSingleton<AnswerMeter>();
        services.TryAddSingleton<IHydraterStates, HydraterStates>();
        services.TryAddSingleton<HydrationEngine>();
        services.TryAddSingleton<TaskSigner>();
        services.TryAddSingleton<TaskAddresses>();
        services.TryAddSingleton<TaskTokens>();
        services.TryAddSingleton<HydraterConsents>();
        services.TryAddSingleton<AnswerCleaner>();
        services.TryAddSingleton<UserAccessResolver>();
        services.TryAddSingleton<ChangeResolver>();
        services.TryAddSingleton<ChangeSetReader>();
        services.TryAddSingleton<ImmediateAnswers>();
        services.TryAddSingleton<HydrationTasks>();
        services.TryAddSingleton<IHydration>(provider => provider.GetRequiredService<HydrationTasks>());
        services.TryAddSingleton<BulkRuns>();
        services.TryAddSingleton<IBulkHydration>(provider => provider.GetRequiredService<BulkRuns>());
        return services;
    }

    /// <summary>Adds what does the work: following the changes, running and calling hydraters.</summary>
    public static IServiceCollection AddAnyFetchHydrationWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton<CallbackDeadlines>();
        services.TryAddSingleton<RetainedFiles>();
        services.TryAddSingleton<BulkWorker>();
        services.TryAddSingleton<ChildWorker>();
        services.TryAddSingleton<ForegroundWork>();
        services.TryAddSingleton<HydraterHttp>();
        services.TryAddSingleton<ExternalCaller>();
        services.TryAddSingleton<InProcessParts>();
        services.AddHostedService<HydrationFollower>();
        services.AddHostedService<HydrationWorkers>();
        return services;
    }
}
