using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Queue;

/// <summary>A job to be done later, by any node.</summary>
/// <param name="Key">Queue, company and a text that is unique among them: adding an equal key again changes nothing.</param>
/// <param name="Payload">What the worker needs, as JSON.</param>
public sealed record NewJob(JobKey Key, string Payload)
{
    /// <summary>Higher runs first within the company.</summary>
    public int Priority { get; init; }

    /// <summary>Not before this time; null for at once.</summary>
    public DateTimeOffset? RunAt { get; init; }
}

/// <summary>Names a job: which queue, whose, and which one.</summary>
public readonly record struct JobKey(string Queue, CompanyId Company, string Name);
