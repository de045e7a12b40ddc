using System.Text.Json;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydrater;

/// <summary>
/// The record that <c>POST /hydraters</c> takes (hydration.md §1), with every hydrater named by its absolute URL.
/// </summary>
public sealed record HydraterRegistration
{
    /// <summary>The absolute URL of the <c>hydrate</c> endpoint: the identity of the hydrater everywhere.</summary>
    public required string Url { get; init; }

    /// <summary>The descriptor's short name.</summary>
    public required string ShortName { get; init; }

    /// <summary>The descriptor's description.</summary>
    public required string Description { get; init; }

    /// <summary>The filters; short names under <c>hydratedBy</c> and <c>hydrating</c> have become URLs.</summary>
    public required IReadOnlyList<JsonElement> Filters { get; init; }

    /// <summary>The descriptor's priority.</summary>
    public required int Priority { get; init; }

    /// <summary>The excluded hydraters' absolute URLs.</summary>
    public required IReadOnlyList<string> Excludes { get; init; }

    /// <summary>The descriptor's keys whose change makes a finished hydrater run again.</summary>
    public IReadOnlyList<string> RerunOn { get; init; } = [];

    /// <summary>
    /// Binds a descriptor to an installation. <paramref name="urlOf"/> turns a short name into the absolute URL of
    /// that hydrater's <c>hydrate</c> endpoint; names that are absolute URLs already are left alone.
    /// </summary>
    public static HydraterRegistration Of(HydraterDescriptor descriptor, Func<string, string> urlOf)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(urlOf);
        string Resolve(string name) => name.Contains("://", StringComparison.Ordinal) ? name : urlOf(name);
        return new HydraterRegistration
        {
            Url = Resolve(descriptor.ShortName),
            ShortName = descriptor.ShortName,
            Description = descriptor.Description,
            Filters = [.. descriptor.Filters.Select(filter => filter.WithUrls(Resolve).Json)],
            Priority = descriptor.Priority,
            Excludes = [.. descriptor.Excludes.Select(Resolve)],
            RerunOn = descriptor.RerunOn,
        };
    }

    /// <summary>Writes the body of <c>POST /hydraters</c>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("url", Url);
        writer.WriteString("short_name", ShortName);
        writer.WriteString("description", Description);
        writer.WriteNumber("priority", Priority);
        writer.WriteStartArray("filters");
        foreach (var filter in Filters)
        {
            filter.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("excludes");
        foreach (var exclude in Excludes)
        {
            writer.WriteStringValue(exclude);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rerun_on");
        foreach (var key in RerunOn)
        {
            writer.WriteStringValue(key);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
