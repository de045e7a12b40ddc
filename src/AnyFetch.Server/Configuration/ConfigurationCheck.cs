using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace AnyFetch.Server.Configuration;

/// <summary>Finds everything that is wrong with a configuration, so that it can be mended in one go.</summary>
public static class ConfigurationCheck
{
    /// <summary>All faults: unknown keys, values of the wrong kind, values out of bounds.</summary>
    public static IReadOnlyList<string> FindFaults(IConfiguration configuration, IReadOnlyList<OptionSection> sections)
    {
        var keys = sections.SelectMany(s => s.Keys)
            .ToDictionary(k => k.Path, StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();
        var canBeRead = true;
        foreach (var (path, value) in configuration.AsEnumerable().Where(p => p.Value is not null))
        {
            if (Find(keys, path) is not { } key)
            {
                faults.Add($"{path} is no key.{Suggest(path, keys.Keys)}");
            }
            else if (key.Explain(value!) is { } fault)
            {
                faults.Add($"{key.Path}: {fault}");
                canBeRead = false;
            }
        }

        return canBeRead ? [.. faults, .. sections.SelectMany(s => Validate(configuration, s))] : faults;
    }

    private static IEnumerable<string> Validate(IConfiguration configuration, OptionSection section)
    {
        var options = Activator.CreateInstance(section.Type)!;
        OptionSection.Bind(configuration, section.Path, options);
        var results = new List<ValidationResult>();
        var context = new ValidationContext(options);
        if (!Validator.TryValidateObject(options, context, results, validateAllProperties: true)
            && options is IValidatableObject validatable)
        {
            // The validator asks the object itself only when its properties are in order.
            results.AddRange(validatable.Validate(context));
        }

        var prefix = section.Path.Length == 0 ? "" : section.Path + ":";
        return results.DistinctBy(r => r.ErrorMessage).Select(r => $"{prefix}{string.Join(", ", r.MemberNames)}: {r.ErrorMessage}");
    }

    private static OptionKey? Find(Dictionary<string, OptionKey> keys, string path)
    {
        if (keys.TryGetValue(path, out var key))
        {
            return key;
        }

        var colon = path.LastIndexOf(':');
        return colon > 0 && int.TryParse(path.AsSpan(colon + 1), out _)
            && keys.TryGetValue(path[..colon], out var list) && list.IsList ? list : null;
    }

    /// <summary>The key that was probably meant: the one with the same last part.</summary>
    private static string Suggest(string path, IEnumerable<string> keys)
    {
        var name = path[(path.LastIndexOf(':') + 1)..];
        var near = keys.Where(k => k.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase)
            || k.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase)).Take(3).ToList();
        return near.Count == 0 ? "" : $" Meant is perhaps {string.Join(" or ", near)}.";
    }
}
