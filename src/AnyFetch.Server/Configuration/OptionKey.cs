using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace AnyFetch.Server.Configuration;

/// <summary>One key that may be configured.</summary>
/// <param name="Path">Its full name, for example <c>Http:BodyBytesMax</c>.</param>
/// <param name="Property">The property that takes the value.</param>
public sealed record OptionKey(string Path, PropertyInfo Property)
{
    /// <summary>The variable that sets it: <c>ANYFETCH_</c>, the path in capitals, <c>_</c> between words.</summary>
    public string EnvironmentName { get; } = NameInEnvironment(Path);

    /// <summary>True for a list: its values are <c>Key:0</c>, <c>Key:1</c> and so on, or one text with commas.</summary>
    public bool IsList { get; } = Property.PropertyType != typeof(string)
        && typeof(IEnumerable).IsAssignableFrom(Property.PropertyType);

    /// <summary>The keys of an options class, those of nested options included.</summary>
    public static IEnumerable<OptionKey> Of(Type type, string section)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var path = section.Length == 0 ? property.Name : $"{section}:{property.Name}";
            var key = new OptionKey(path, property);
            if (key.IsList || (property.CanWrite && IsValue(property.PropertyType)))
            {
                yield return key;
            }
            else if (property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var inner in Of(property.PropertyType, path))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>Why a text cannot be this key's value, or null when it can.</summary>
    public string? Explain(string text)
    {
        var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
        if (IsList || type == typeof(string))
        {
            return null;
        }

        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return $"'{text}' is not allowed; allowed: {Describe(type)}.";
        }
    }

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true, false",
        _ when type == typeof(Uri) => "a URL",
        _ when type == typeof(TimeSpan) => "a duration as HH:MM:SS",
        _ when type == typeof(double) => "a number",
        _ => "a whole number",
    };

    private static bool IsValue(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Uri)
            || type == typeof(TimeSpan);
    }

    private static string NameInEnvironment(string path)
    {
        var name = new StringBuilder(EnvironmentKeys.Prefix);
        for (var i = 0; i < path.Length; i++)
        {
            if (i > 0 && char.IsUpper(path[i]) && char.IsLower(path[i - 1]))
            {
                name.Append('_');
            }

            name.Append(path[i] == ':' ? '_' : char.ToUpperInvariant(path[i]));
        }

        return name.ToString();
    }
}
