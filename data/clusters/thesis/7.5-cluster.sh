# Section 7.5, on the primary node
ccs --file /etc/cluster/cluster.conf --createcluster zcsCluster
ccs --file /etc/cluster/cluster.conf --addnode astapor.got.com
ccs --file /etc/cluster/cluster.conf --addnode astapor.got.com
ccs --file /etc/cluster/cluster.conf --addfencedev pcmk agent=fence_pcmk
ccs --file /etc/cluster/cluster.conf --addmethod pcmk-redirect astapor.got.com
ccs --file /etc/cluster/cluster.conf --addmethod pcmk-redirect braavos.got.com
echo "CMAN_QUORUM_TIMEOUT=0" >> /etc/sysconfig/cman
pcs cluster start --all
scp -p /etc/cluster/cluster.conf braavos:/etc/cluster/
pcs property set stonith-enabled=false
pcs property set no-quorum-policy=ignore
pcs property set migration-threshold=1 --force
pcs property set resource-stickiness=100 --force
