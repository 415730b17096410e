namespace Sandbox.Agent.Encryption.Tls;

/// <summary>A server whose configuration names certificates.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Files">Where its configuration begins; those that are there are read.</param>
/// <param name="Home">What relative paths in it start from.</param>
/// <param name="Settings">Names of the settings that name certificate files.</param>
/// <param name="Includes">Names of the settings that name further files of the configuration.</param>
internal sealed record KnownServer(string Name, string[] Files, string Home, string[] Settings, string[] Includes)
{
    /// <summary>Folders whose certificates it takes without being told: CUPS makes its own there.</summary>
    public string[] Keychains { get; init; } = [];
}

/// <summary>Those that are looked for. Names of settings are those of their manuals: ngx_http_ssl_module, mod_ssl, postconf(5), dovecot's SSL pages, cups-files.conf(5), slapd.conf(5).</summary>
internal static class KnownServers
{
    public static IReadOnlyList<KnownServer> All { get; } =
    [
        new("Apache", ["/etc/apache2/apache2.conf"], "/etc/apache2", ["SSLCertificateFile"], ["Include", "IncludeOptional"]),
        new("Apache", ["/etc/httpd/conf/httpd.conf"], "/etc/httpd", ["SSLCertificateFile"], ["Include", "IncludeOptional"]),
        new("CUPS", ["/etc/cups/cups-files.conf", "/etc/cups/cupsd.conf"], "/etc/cups", ["NamedCertificate"], []) { Keychains = ["/etc/cups/ssl"] },
        new("Dovecot", ["/etc/dovecot/dovecot.conf"], "/etc/dovecot", ["ssl_cert", "ssl_server_cert_file"], ["!include", "!include_try"]),
        new("nginx", ["/etc/nginx/nginx.conf"], "/etc/nginx", ["ssl_certificate"], ["include"]),
        new("OpenLDAP", ["/etc/ldap/slapd.conf", "/etc/ldap/slapd.d/cn=config.ldif", "/etc/openldap/slapd.conf", "/etc/openldap/slapd.d/cn=config.ldif"], "/etc/ldap",
            ["TLSCertificateFile", "olcTLSCertificateFile"], ["include"]),
        new("Postfix", ["/etc/postfix/main.cf"], "/etc/postfix", ["smtpd_tls_cert_file", "smtpd_tls_eccert_file", "smtpd_tls_chain_files"], []),
    ];

    /// <summary>Files and folders whose change may name another certificate.</summary>
    public static IReadOnlyList<string> Watches { get; } =
    [
        .. All.SelectMany(server => server.Files).Select(file => file[1..]), .. All.SelectMany(server => server.Keychains).Select(folder => folder[1..]),
        "etc/apache2/sites-enabled", "etc/httpd/conf.d", "etc/dovecot/conf.d", "etc/nginx/conf.d", "etc/nginx/sites-enabled",
    ];
}
