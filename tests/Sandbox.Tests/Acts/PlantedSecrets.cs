using System.Text;
using Sandbox.Agent.Acts.Redaction;

namespace Sandbox.Tests.Acts;

/// <summary>Whatever is typed, no password, hash, key, token or join code leaves in an act.</summary>
public sealed class PlantedSecrets : IDisposable
{
    private const string Secret = "S3CRETxPLANTED";
    private readonly ActMachine _machine = ActMachine.Started();

    public static TheoryData<string> Commands =>
    [
        $"/usr/sbin/useradd -p {Secret} bob", $"/usr/sbin/useradd -p{Secret} bob", $"/usr/sbin/useradd -mp {Secret} bob", $"/usr/sbin/useradd -mp{Secret} bob",
        $"/usr/sbin/useradd --password {Secret} bob", $"/usr/sbin/useradd --password={Secret} bob", $"/usr/sbin/useradd --passw {Secret} bob",
        $"/usr/sbin/useradd --passw={Secret} bob", $"/usr/sbin/useradd bob -p {Secret}", $"/usr/sbin/useradd -c some {Secret} bob",
        $"/usr/sbin/useradd -c {Secret} bob", $"/usr/sbin/usermod -p {Secret} bob", $"/usr/sbin/usermod -aGsudo -p{Secret} bob", $"/usr/sbin/groupadd -p {Secret} g",
        $"/usr/bin/mysql -p{Secret}", $"/usr/bin/mysql -uroot -p{Secret} db", $"/usr/bin/mysql --password={Secret}", $"/usr/bin/mount -o password={Secret} //srv/share /mnt",
        $"/usr/bin/mount -opassword={Secret} //srv/share /mnt", $"/usr/bin/mount -t cifs -o user=x,password={Secret} //srv/share /mnt",
        $"/usr/bin/mount -t cifs //bob:{Secret}@srv/share /mnt", $"/usr/local/bin/sandbox-agent enrol {Secret}", $"/opt/x/sandbox-agent enrol --name n {Secret}",
        $"/usr/bin/curl -u bob:{Secret} https://host/", $"/usr/bin/curl -ubob:{Secret} https://host/", $"/usr/bin/curl https://bob:{Secret}@host/",
        $"/usr/bin/sh -c 'echo {Secret} | passwd --stdin bob'", $"/bin/bash -c echo bob:{Secret} | chpasswd", $"/usr/bin/env PGPASSWORD={Secret} psql",
        $"PASSWORD={Secret} /usr/sbin/useradd bob", $"A=1 PASSWORD={Secret} useradd bob", $"/usr/bin/echo {Secret}", $"/usr/bin/tee {Secret}=x",
        $"/usr/sbin/lpadmin -p lab -E -v ipp://bob:{Secret}@printer/ipp", $"/usr/sbin/lpadmin -p lab -o password={Secret}", $"/usr/bin/systemctl set-environment TOKEN={Secret}",
        $"/usr/bin/systemctl --user={Secret} start x", $"/usr/bin/apt install -o Acquire::http::Proxy=http://u:{Secret}@p/ nmap",
        $"/usr/bin/apt-get -oAcquire::http::Proxy=http://u:{Secret}@p/ install nmap", $"/usr/bin/apt install https://u:{Secret}@host/x.deb",
        $"/usr/sbin/ufw allow 22 comment {Secret}", $"/usr/sbin/nft add rule inet filter input accept comment \"{Secret}\"", $"/usr/bin/passwd bob {Secret}",
        $"/usr/bin/su - bob -c {Secret}", $"/usr/bin/restic -r rest:https://u:{Secret}@h/ backup /etc", $"/usr/bin/restic backup --password-command {Secret}",
        $"/usr/sbin/cryptsetup luksFormat --key-file {Secret} /dev/sdb", $"/usr/sbin/cryptsetup luksOpen -d{Secret} /dev/sdb x", $"/usr/bin/openssl enc -pass pass:{Secret}",
        $"/usr/bin/ssh-keygen -N {Secret}", $"/usr/bin/gpasswd --unknown {Secret} g", $"/usr/bin/chage --what {Secret} bob", $"/usr/sbin/adduser --gecos {Secret} bob",
        $"/usr/bin/sed -i s/x/{Secret}/ /etc/app.conf", $"/usr/bin/sed -i -e s/x/{Secret}/ /etc/app.conf", $"/usr/bin/sed --expression={Secret} /etc/app.conf", $"/usr/bin/sed -i.{Secret} x /etc/app.conf",
        $"/usr/bin/tee {Secret}", $"/usr/bin/cp -S {Secret} /etc/a /etc/b", $"/usr/bin/cp --suffix={Secret} /etc/a /etc/b", $"/usr/bin/mv {Secret} /etc/b",
        $"/usr/bin/nmcli device wifi connect Lab password {Secret}", $"/usr/bin/nmcli connection modify Lab wifi-sec.psk {Secret}", $"/usr/bin/nmcli con add type vpn vpn.secrets {Secret}", $"/usr/bin/nmcli --passwd-file {Secret} con up Lab",
        $"/usr/bin/net -U admin%{Secret} usershare add lab /srv", $"/usr/bin/net -Uadmin%{Secret} usershare add lab /srv", $"/usr/bin/net usershare add lab /srv {Secret}", $"/usr/bin/net usershare add lab {Secret}", $"/usr/bin/net rpc user {Secret}",
        $"/usr/sbin/ip macsec add m0 tx sa 0 pn 1 on key 01 {Secret}", $"/usr/sbin/ip xfrm state add auth {Secret}", $"/usr/sbin/ip link set m0 key {Secret}", $"/usr/sbin/exportfs -o {Secret} lab1:/srv", $"/usr/sbin/mdadm --create {Secret}",
        $"/usr/bin/dnf install https://u:{Secret}@host/x.rpm", $"/usr/bin/dnf --setopt=proxy_password={Secret} install nmap", $"/usr/sbin/netplan apply {Secret}",
        $"/usr/bin/wg set wg0 private-key {Secret}", $"'{Secret}' x", $"/usr/bin/nmap --script-args pass={Secret} 10.0.0.9", $"/usr/bin/iperf3 -c lab-09 --username {Secret}", $"/usr/bin/wg-quick --key {Secret}",
    ];

    public void Dispose() => _machine.Dispose();

    [Theory, MemberData(nameof(Commands))]
    public void It_does_not_leave_in_sudos_text(string command)
    {
        _machine.Append(ActMachine.Auth, $"Nov 25 22:19:00 vm sudo:    appr1 : TTY=pts/0 ; PWD=/home/appr1 ; USER=root ; ENV=TOKEN={Secret} ; COMMAND={command}\n");

        var act = Assert.Single(_machine.Run());

        Assert.DoesNotContain(Secret, Serialised(act), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Commands))]
    public void It_does_not_leave_in_audits_hexadecimal(string command)
    {
        var cmd = Convert.ToHexString(Encoding.UTF8.GetBytes(command));
        _machine.Append(ActMachine.Audit, $"type=USER_CMD msg=audit(1795645140.497:14): pid=2 uid=1001 auid=1001 ses=1 msg='cwd=\"/{Secret}\" cmd={cmd} exe=\"/usr/bin/sudo\" terminal=? res=success'\n");

        var act = Assert.Single(_machine.Run());

        Assert.DoesNotContain(Secret, Serialised(act), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Commands))]
    public void It_does_not_stay_in_the_place_file(string command)
    {
        _machine.Append(ActMachine.Auth, $"Nov 25 22:19:00 vm sudo:    appr1 : PWD=/ ; USER=root ; COMMAND={command}\n");
        _machine.Run();

        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(File.ReadAllBytes(_machine.Place)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("useradd -m -s /bin/bash -G sudo,adm bob", "-m -s /bin/bash -G sudo,adm bob", 0)]
    [InlineData("useradd -m -p HASH bob", "-m bob", 2)]
    [InlineData("usermod -aG sudo bob", "-aG sudo bob", 0)]
    [InlineData("chage -M 90 -E 2027-01-01 bob", "-M 90 -E 2027-01-01 bob", 0)]
    [InlineData("apt install -y nmap vim=2:9.0-1", "install -y nmap vim=2:9.0-1", 0)]
    [InlineData("apt-get --purge remove nmap", "--purge remove nmap", 0)]
    [InlineData("systemctl enable --now nginx.service", "enable --now nginx.service", 0)]
    [InlineData("ufw allow from 10.0.0.0/8 to any port 22", "allow from 10.0.0.0/8 to any port 22", 0)]
    [InlineData("mount -t nfs srv:/data /mnt", "-t nfs srv:/data /mnt", 0)]
    [InlineData("lpadmin -p lab -E -v ipp://h/ipp", "-p lab -E", 2)]
    [InlineData("net usershare add lab /srv/lab the comment S-1-1-0:R", "usershare add lab", 4)]
    [InlineData("exportfs -ra", "-ra", 0)]
    [InlineData("nmcli device wifi connect Lab password secret", "device wifi connect", 3)]
    [InlineData("nmcli connection up Lab", "connection up", 1)]
    [InlineData("ip link set eth1 up", "link set eth1 up", 0)]
    [InlineData("ifup eth1", "eth1", 0)]
    [InlineData("netplan apply", "apply", 0)]
    [InlineData("mdadm --manage /dev/md0 --add /dev/sdb1", "--manage /dev/md0 --add /dev/sdb1", 0)]
    [InlineData("mdadm /dev/md0 -a /dev/sdb1", "/dev/md0 -a /dev/sdb1", 0)]
    [InlineData("dnf -y install nmap", "-y install nmap", 0)]
    [InlineData("gpasswd -d bob sudo", "-d bob sudo", 0)]
    [InlineData("mount -a", "-a", 0)]
    [InlineData("visudo -f /etc/sudoers.d/lab", "-f /etc/sudoers.d/lab", 0)]
    [InlineData("sed -i s/^PASS_MAX_DAYS.*/x/ /etc/login.defs", "-i /etc/login.defs", 1)]
    [InlineData("tee -a /etc/login.defs", "-a /etc/login.defs", 0)]
    [InlineData("nmap -sn -T4 192.168.7.0/24", "-sn -T4 192.168.7.0/24", 0)]
    [InlineData("iperf3 -R -c lab-09 -t 10", "-R -c lab-09 -t 10", 0)]
    [InlineData("wg set wg0 peer bmV3 allowed-ips 10.8.0.3/32", "set", 5)]
    [InlineData("wg-quick save wg0", "save wg0", 0)]
    [InlineData("whoami --help", "", 1)]
    [InlineData("passwd one two", "", 2)]
    [InlineData("sandbox-agent enrol CODE", "enrol", 1)]
    public void What_is_on_the_list_is_shown_and_the_rest_is_counted(string command, string shown, int hidden)
    {
        var redacted = Redacted.OfText(command);

        Assert.Equal((shown, hidden), (string.Join(' ', redacted.Arguments), redacted.Hidden));
    }

    // Text as people see it, and the bytes that leave.
    private static string Serialised(Sandbox.Protocol.AdminAct act) => $"{act}\n{Encoding.Latin1.GetString(Google.Protobuf.MessageExtensions.ToByteArray(act))}";
}
