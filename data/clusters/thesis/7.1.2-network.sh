# Section 7.1.2, on both nodes: "disable the firewall"
service iptables stop
chkconfig iptables off
