using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Configuration;

/// <summary>One concern's options and the section of the configuration that holds them.</summary>
/// <param name="Path">The section, for example <c>Http</c>; empty for the root.</param>
/// <param name="Type">The options class: each of its settable properties is a key.</param>
/// <param name="Register">Binds the section to the options in the container.</param>
public sealed record OptionSection(string Path, Type Type, Action<IServiceCollection, IConfiguration> Register)
{
    /// <summary>The section <paramref name="path"/> holds options of this type.</summary>
    public static OptionSection Of<T>(string path)
        where T : class => new(
            path,
            typeof(T),
            (services, root) => services.AddOptions<T>()
                .Configure(options => Bind(root, path, options))
                .ValidateDataAnnotations()
                .ValidateOnStart());

    /// <summary>Reads the section into options. A list that is configured stands instead of the default, not behind it.</summary>
    public static void Bind(IConfiguration root, string path, object options)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var section = path.Length == 0 ? root : root.GetSection(path);
        foreach (var list in OptionKey.Of(options.GetType(), "").Where(key => key.IsList && key.Property.CanWrite))
        {
            // A list of nested options belongs to another object.
            if (list.Property.DeclaringType!.IsInstanceOfType(options) && section.GetSection(list.Path).GetChildren().Any())
            {
                list.Property.SetValue(options, null);
            }
        }

        section.Bind(options);
    }

    /// <summary>The keys of the section.</summary>
    public IEnumerable<OptionKey> Keys => OptionKey.Of(Type, Path);
}
